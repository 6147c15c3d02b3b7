import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'
import { bodyGuard } from './body-guard.ts'
import { installErrorHandling } from './error-handling.ts'
import { httpStack } from './http-stack.ts'

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

/** What drivers write into their messages. */
const texts = () => [
  `connect postgres://app:${secret()}@db/crm`,
  `redis://:${secret()}@cache`,
  `https://api.example/x?api_key=${secret()}`,
  `Authorization: Bearer ${secret()}`,
  `Cookie: sid=${secret()}; other=${secret()}`,
  `data: { email: "a@b", password: "${secret()}" }`,
  `env DB_PASSWORD=${secret()} CLIENT_SECRET=${secret()}`,
  `{"accessToken":"${secret()}"}`,
  `INSERT INTO users (name) VALUES ('${secret()}')`,
  `UPDATE users SET name = '${secret()}' WHERE email = '${secret()}'`,
  `Failed query: select 1\nparams: ${secret()},${secret()}`,
  `ENOENT: no such file or directory, open '/run/secrets/${secret()}'`,
  `Invalid \`prisma.user.create()\` invocation:\n{ data: { passwordHash: "${secret()}" } }`,
]

/** What can be thrown. */
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

test.each([
  ['in the envelope', 'application/json'],
  ['as problem+json', 'application/problem+json'],
])('of fifty secrets and more none comes out, in a body, a header or the log, %s', async (_, accept) => {
  planted = []
  const lines: string[] = []
  const log = (...line: unknown[]) => lines.push(JSON.stringify(line))
  const app = new Hono()
  httpStack(app, { logger: { debug: log, info: log, warn: log, error: log } })
  app.post('/:at', (c) => {
    throw throwables[Number(c.req.param('at'))]?.[1]()
  })
  const said: string[] = []
  for (const at of throwables.keys()) {
    const response = await app.request(`/${at}?token=${secret()}`, {
      method: 'POST',
      body: JSON.stringify({ password: secret() }),
      headers: {
        'content-type': 'application/json',
        accept,
        authorization: secret(),
        cookie: secret(),
        'x-key': secret(),
        'x-request-id': secret(),
      },
    })
    expect(response.status).toBeGreaterThan(400)
    said.push(await response.text(), JSON.stringify([...response.headers]))
  }
  expect(lines).toHaveLength(2 * throwables.length) // one for the request, one for the error
  expect(planted.length).toBeGreaterThan(50)
  expect(planted.filter((word) => `${said} ${lines}`.includes(word))).toEqual([])
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
