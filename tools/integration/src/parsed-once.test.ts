import { bodyGuard, httpStack } from '@fastkit/http/hono'
import { validated } from '@fastkit/validation/hono'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }
const anything = v.unknown()

const guarded = (maxDepth?: number) => new Hono().use(bodyGuard(maxDepth === undefined ? {} : { maxDepth }))
const answer = (c: Context<object, string, { out: { json: unknown } }>) =>
  c.json(c.req.valid('json') as object)
const answering = (app: Hono) => app.post('/', validated('json', anything), answer)

/** The status and body of the answer, and how often the body was parsed. */
async function post(app: Hono, body: string) {
  const parse = vi.spyOn(JSON, 'parse')
  const headers = { 'content-type': 'application/json' }
  const response = await app.request('/', { method: 'POST', body, headers })
  const parsed = parse.mock.calls.filter(([text]) => text === body).length
  parse.mockRestore() // before the answer is parsed, which repeats the body
  return { status: response.status, parsed, body: (await response.json()) as unknown }
}

test('behind httpStack a body is parsed once', async () => {
  const app = new Hono()
  httpStack(app, { logger })
  expect(await post(answering(app), '{"a":[1]}')).toEqual({ status: 200, parsed: 1, body: { a: [1] } })
})

test.each(['null', 'false', '0', '""', '[]', '{"then":1,"__proto__":{"a":1}}'])(
  'behind bodyGuard, %s is parsed once, and validated as it is alone',
  async (body) => {
    const alone = await post(answering(new Hono()), body)
    expect(await post(answering(guarded()), body)).toEqual({ ...alone, parsed: 1 })
  },
)

test('nobody shares the object with anybody', async () => {
  const app = guarded().post('/', validated('json', anything), async (c) => {
    const first = c.req.valid('json') as { changed?: true }
    first.changed = true
    await validated('json', anything)(c, async () => {})
    return c.json([first, c.req.valid('json'), await c.req.json()])
  })
  expect(await post(app, '{}')).toMatchObject({ status: 200, body: [{ changed: true }, {}, {}] })
})

const decrypted = Promise.resolve('{"decrypted":true}')

test.each<[string, (c: Context) => unknown]>([
  ['the cache', (c) => Object.assign(c.req.bodyCache, { text: decrypted })],
  ['a cache of its own', (c) => Object.assign(c.req, { bodyCache: { text: decrypted } })],
  ['a method', (c) => Object.assign(c.req, { text: () => decrypted })],
])('a body that was put in its place, by %s, is the one that is validated', async (_, replace) => {
  const app = guarded().use(async (c, next) => {
    replace(c)
    await next()
  })
  expect(await post(answering(app), '{"encrypted":true}')).toMatchObject({ body: { decrypted: true } })
})

test('a frozen cache is only read', async () => {
  const app = guarded().use(async (c, next) => {
    c.req.bodyCache = Object.freeze({ ...c.req.bodyCache })
    await next()
  })
  expect(await post(answering(app), '{"a":1}')).toEqual({ status: 200, parsed: 1, body: { a: 1 } })
})

test('the value of a long body is not kept, which weighs many times its text', async () => {
  const parsed = async (length: number) =>
    (await post(answering(guarded()), `["${'x'.repeat(length - 4)}"]`)).parsed
  expect([await parsed(2 ** 14), await parsed(2 ** 14 + 1)]).toEqual([1, 2])
})

test.each([65, 100])('a guard that takes %i levels does not make validated take them', async (maxDepth) => {
  const deep = '['.repeat(65) + ']'.repeat(65)
  expect(await post(answering(guarded(maxDepth)), deep)).toMatchObject({
    status: 400,
    body: { code: 'TOO_DEEP' },
  })
})
