import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { validate } from '../validate.ts'
import { validated } from './validated.ts'

const Note = v.strictObject({ text: v.string(), tags: v.optional(v.array(v.string())) })
const Id = v.object({ id: v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)) })

const anything = v.custom<Record<string, unknown>>(() => true)

const app = new Hono()
  .post('/notes', validated('json', Note), (c) => c.json(c.req.valid('json')))
  .get('/notes/:id', validated('param', Id), (c) => c.json(c.req.valid('param')))
  .get('/notes', validated('query', v.object({ tag: v.string() })), (c) => c.json(c.req.valid('query')))

const post = (body: string, type: string | undefined = 'application/json') =>
  app.request('/notes', { method: 'POST', body, headers: type === undefined ? {} : { 'content-type': type } })

test('a handler gets what the schema made of the input', async () => {
  expect(await (await post('{"text":"a"}')).json()).toEqual({ text: 'a' })
  expect(await (await app.request('/notes/12')).json()).toEqual({ id: 12 })
  expect(await (await app.request('/notes?tag=a')).json()).toEqual({ tag: 'a' })
})

test('an input that breaks a rule is 422, in the envelope, also without error handling', async () => {
  const response = await post('{"tags":["a",1],"admin":true}')
  expect(response.status).toBe(422)
  expect(await response.json()).toEqual({
    success: false,
    message: 'The input is not valid',
    code: 'VALIDATION_FAILED',
    errors: { text: ['Is required'], 'tags.1': ['Must be text'], admin: ['Is not a known field'] },
    issues: [
      { path: ['text'], code: 'REQUIRED', message: 'Is required' },
      { path: ['tags', 1], code: 'TYPE', message: 'Must be text', params: { expected: 'string' } },
      { path: ['admin'], code: 'UNKNOWN_KEY', message: 'Is not a known field' },
    ],
  })
})

test('a repeated query parameter is a list, which text is not', async () => {
  expect(await (await app.request('/notes?tag=a&tag=b')).json()).toMatchObject({
    errors: { tag: ['Must be text'] },
  })
})

describe('a body that cannot be read', () => {
  test.each([[''], ['{'], ['{"text":"a"'], ['undefined'], ["{'text':1}"]])('%j is 400', async (body) => {
    const response = await post(body)
    expect([response.status, (await response.json()) as object]).toEqual([
      400,
      { success: false, message: 'The body is not readable JSON', code: 'MALFORMED_JSON' },
    ])
  })

  test.each([
    [undefined],
    ['text/plain'],
    ['application/jsonp'],
    ['application/x-www-form-urlencoded'],
    [''],
  ])('claiming to be %j is 415', async (type) => {
    const response = await app.request('/notes', {
      method: 'POST',
      body: new TextEncoder().encode('{"text":"a"}'),
      headers: type === undefined ? {} : { 'content-type': type },
    })
    expect([response.status, (await response.json()) as object]).toMatchObject([
      415,
      { code: 'UNSUPPORTED_MEDIA_TYPE' },
    ])
  })

  test.each([['application/json; charset=utf-8'], ['APPLICATION/JSON'], ['application/vnd.api+json']])(
    'claiming to be %j is read',
    async (type) => {
      expect((await post('{"text":"a"}', type)).status).toBe(200)
    },
  )
})

test('JSON of more than 64 levels is 400, brackets in text do not count', async () => {
  const nested = (levels: number) => `{"text":"a","tags":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
  expect((await post(nested(64))).status).toBe(422)
  const response = await post(nested(65))
  expect([response.status, await response.json()]).toMatchObject([400, { code: 'TOO_DEEP' }])
  expect((await post(nested(100_000))).status).toBe(400)
  expect((await post(JSON.stringify({ text: `"${'['.repeat(1000)}` }))).status).toBe(200)
})

test.each([
  ['json', 'application/json', 'MALFORMED_JSON'],
  ['form', 'application/x-www-form-urlencoded', 'MALFORMED_FORM'],
] as const)('a %s that breaks off is 400', async (target, type, code) => {
  const reader = new Hono().post('/', validated(target, anything), (c) => c.text('read'))
  const body = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) })
  const init = { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit
  const response = await reader.request('/', init)
  expect([response.status, await response.json()]).toMatchObject([400, { code }])
})

test('every name is a parameter like any other', async () => {
  const queries = new Hono().get('/', validated('query', anything), (c) => {
    const query = c.req.valid('query')
    return c.json([Object.getPrototypeOf(query) === Object.prototype, Object.entries(query)])
  })
  const read = async (search: string) => (await queries.request(`/?${search}`)).json()
  expect(await read('a=1&__proto__=2&toString=3')).toEqual([
    true,
    [
      ['a', '1'],
      ['__proto__', '2'],
      ['toString', '3'],
    ],
  ])
  expect(await read('__proto__=1&__proto__=2')).toEqual([true, [['__proto__', ['1', '2']]]])
})

test('a header is read by its name in small letters', async () => {
  const keyed = new Hono().get('/', validated('header', v.object({ 'x-key': v.string() })), (c) =>
    c.json(c.req.valid('header')),
  )
  expect(await (await keyed.request('/', { headers: { 'X-Key': 'a' } })).json()).toEqual({ 'x-key': 'a' })
  expect((await keyed.request('/')).status).toBe(422)
})

test('a form is read as one, and another body is 415', async () => {
  const forms = new Hono().post('/', validated('form', v.object({ text: v.string() })), (c) =>
    c.json(c.req.valid('form')),
  )
  const send = (body: string, type: string) =>
    forms.request('/', { method: 'POST', body, headers: { 'content-type': type } })
  expect(await (await send('text=a', 'application/x-www-form-urlencoded')).json()).toEqual({ text: 'a' })
  expect((await send('{"text":"a"}', 'application/json')).status).toBe(415)
  const broken = await send('--x', 'multipart/form-data; boundary=y')
  expect([broken.status, await broken.json()]).toMatchObject([400, { code: 'MALFORMED_FORM' }])
})

test('a field that comes twice is a list, as is one whose name says so', async () => {
  const forms = new Hono().post('/', validated('form', anything), (c) => c.json(c.req.valid('form')))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await forms.request('/', { method: 'POST', body: 'a=1&b=2&b=3&c[]=4', headers })
  expect(await response.json()).toEqual({ a: '1', b: ['2', '3'], 'c[]': ['4'] })
})

test('a cookie is read by its name', async () => {
  const cookies = new Hono().get('/', validated('cookie', v.object({ a: v.string() })), (c) =>
    c.json(c.req.valid('cookie')),
  )
  const response = await cookies.request('/', { headers: { cookie: 'b=2; a=1%20' } })
  expect(await response.json()).toEqual({ a: '1 ' })
  expect((await cookies.request('/')).status).toBe(422)
})

test('a form that throws at once when it is read is a broken one', async () => {
  const forms = new Hono().post('/', validated('form', v.object({})), (c) => c.text('read'))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request('http://h/', { method: 'POST', body: 'a=1', headers })
  const formData = () => {
    throw new TypeError('Request cannot be constructed from a URL that includes credentials')
  }
  const response = await forms.request(Object.defineProperty(request, 'formData', { value: formData }))
  expect([response.status, await response.json()]).toMatchObject([400, { code: 'MALFORMED_FORM' }])
})

test('an app with error handling gets the error itself', async () => {
  const handled = new Hono().post('/notes', validated('json', Note), (c) => c.json(c.req.valid('json')))
  handled.onError((error, c) => c.text(`${(error as { code?: string }).code}`, 418))
  const response = await handled.request('/notes', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect([response.status, await response.text()]).toEqual([418, 'VALIDATION_FAILED'])
})

test('an input that a handler itself validates is answered alike, also without error handling', async () => {
  const own = new Hono().get('/', (c) => c.json(validate(Note, c.req.query())))
  const response = await own.request('/')
  expect([response.status, await response.json()]).toMatchObject([422, { errors: { text: ['Is required'] } }])
})
