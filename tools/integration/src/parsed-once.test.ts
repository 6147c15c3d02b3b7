import { bodyGuard, httpStack } from '@fastkit/http/hono'
import { validated } from '@fastkit/validation/hono'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }
const anything = v.unknown()

async function post(app: Hono, body: string) {
  const headers = { 'content-type': 'application/json' }
  const response = await app.request('/', { method: 'POST', body, headers })
  return [response.status, (await response.json()) as unknown]
}

const answer = (c: Context<object, string, { out: { json: unknown } }>) =>
  c.json(c.req.valid('json') as object)

test('behind httpStack, validated does not parse a body again', async () => {
  const app = new Hono()
  httpStack(app, { logger })
  app.post('/', validated('json', anything), answer)
  const parse = vi.spyOn(JSON, 'parse')
  const response = await app.request('/', {
    method: 'POST',
    body: '{"a":[1]}',
    headers: { 'content-type': 'application/json' },
  })
  const parsed = parse.mock.calls.filter(([text]) => text === '{"a":[1]}').length
  parse.mockRestore()
  expect([parsed, await response.json()]).toEqual([1, { a: [1] }])
})

test.each(['null', 'false', '0', '""', '[]', '{"then":1,"__proto__":{"a":1}}'])(
  'behind bodyGuard, %s is validated as it is alone',
  async (body) => {
    const route = (app: Hono) => app.post('/', validated('json', anything), answer)
    expect(await post(route(new Hono().use(bodyGuard())), body)).toEqual(await post(route(new Hono()), body))
  },
)

test('nobody shares the object with anybody', async () => {
  const app = new Hono().use(bodyGuard()).post('/', validated('json', anything), async (c) => {
    const first = c.req.valid('json') as { changed?: true }
    first.changed = true
    await validated('json', anything)(c, async () => {})
    return c.json([first, c.req.valid('json'), await c.req.json()])
  })
  expect(await post(app, '{}')).toEqual([200, [{ changed: true }, {}, {}]])
})

test('a body that was put in its place is the one that is validated', async () => {
  const app = new Hono()
    .use(bodyGuard())
    .use(async (c, next) => {
      c.req.bodyCache.text = Promise.resolve('{"decrypted":true}') as never
      await next()
    })
    .post('/', validated('json', anything), answer)
  expect(await post(app, '{"encrypted":true}')).toEqual([200, { decrypted: true }])
})

test('a guard that lets more levels through does not make validated take them', async () => {
  const deep = (maxDepth: number) =>
    post(
      new Hono().use(bodyGuard({ maxDepth })).post('/', validated('json', anything), answer),
      '['.repeat(65) + ']'.repeat(65),
    )
  expect(await deep(100)).toMatchObject([400, { code: 'TOO_DEEP' }])
})
