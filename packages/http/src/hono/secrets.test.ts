import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'
import { bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { requestId } from './request-id.ts'

/** Each place gets a word of its own, so that a leak names itself. */
let planted: string[]
function secret(): string {
  const word = `hunter${planted.length}x`
  planted.push(word)
  return word
}

/** An error with secrets in everything that libraries hang at errors. */
function loaded(message = 'Failed'): Error {
  return Object.assign(new Error(message), {
    code: 'P2002',
    meta: { target: secret(), values: [secret()] },
    query: `INSERT INTO users VALUES ('${secret()}')`,
    parameters: [secret()],
    detail: `Key (email)=(${secret()}) already exists`,
    path: `/etc/${secret()}`,
    env: { DATABASE_URL: secret() },
    config: { headers: { authorization: secret(), cookie: secret() }, data: secret() },
    response: { data: secret() },
    toJSON: () => ({ all: secret() }),
  })
}

const texts = () => [
  `connect postgres://app:${secret()}@db/crm`,
  `redis://:${secret()}@cache`,
  `https://api.example/x?api_key=${secret()}`,
  `Authorization: Bearer ${secret()}`,
  `Cookie: sid=${secret()}; other=${secret()}`,
  `data: { email: "a@b", password: "${secret()}" }`,
  `env DB_PASSWORD=${secret()} CLIENT_SECRET=${secret()}`,
  `{"accessToken":"${secret()}"}`,
]

/** What can be thrown, and how often something is logged for it. */
const throwables: [string, () => unknown][] = [
  ['errors of libraries', () => loaded()],
  ['errors with secrets in their words', () => new Error(texts().join('\n'))],
  [
    'causes of causes',
    () => new Error('a', { cause: new Error('b', { cause: loaded(texts().join(' , ')) }) }),
  ],
  ['several errors in one', () => new AggregateError([loaded(), loaded()], 'all')],
  ['objects', () => ({ password: secret(), nested: { token: secret() } })],
  ['text', () => texts().join('\n')],
  [
    'an HTTPException with a cause',
    () => new HTTPException(502, { message: texts()[0] as string, cause: loaded() }),
  ],
  ['a refusal with a cause', () => new HTTPException(403, { message: 'no', cause: loaded(texts()[0]) })],
]

test.each(throwables)('%s: no secret comes out, in the body, the headers or the log', async (_, make) => {
  planted = []
  const lines: string[] = []
  const log = (...line: unknown[]) => lines.push(JSON.stringify(line))
  const app = new Hono()
  app.use(requestId())
  installErrorHandling(app, { logger: { debug: log, info: log, warn: log, error: log } })
  app.use(bodyGuard())
  app.post('/x', () => {
    throw make()
  })
  const response = await app.request(`/x?token=${secret()}`, {
    method: 'POST',
    body: JSON.stringify({ password: secret() }),
    headers: {
      'content-type': 'application/json',
      authorization: secret(),
      cookie: secret(),
      'x-key': secret(),
    },
  })
  const said = `${await response.text()} ${JSON.stringify([...response.headers])} ${lines}`
  expect(lines).toHaveLength(1)
  expect(planted.length).toBeGreaterThan(6)
  expect(planted.filter((word) => said.includes(word))).toEqual([])
})

test('a body that is refused is not repeated', async () => {
  planted = []
  const app = new Hono()
  const silent = () => {}
  installErrorHandling(app, { logger: { debug: silent, info: silent, warn: silent, error: silent } })
  app.post('/guarded', bodyGuard(), (c) => c.text(''))
  app.post('/plain', async (c) => c.json(await c.req.json()))
  for (const path of ['/guarded', '/plain']) {
    const body = `{"password":"${secret()}", ${secret()}`
    const response = await app.request(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(planted.filter((word) => text.includes(word))).toEqual([])
  }
})
