import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from '@fastkit/contracts'
import {
  bodyGuard,
  created,
  httpStack,
  idempotency,
  installErrorHandling,
  ok,
  rateLimit,
  requestId,
  requestLog,
} from '@fastkit/http/hono'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { contextStorage } from 'hono/context-storage'

const rows = Array.from({ length: 50 }, (_, id) => ({
  id,
  name: `Client ${id}`,
  email: `c${id}@example.com`,
  at: '2026-01-31',
}))

/** Nothing is written: what a line costs is the logger's own matter (`logger.ts`). */
const silent = (_fields: object, _message: string) => {}
export const logger: Logger = { debug: silent, info: silent, warn: silent, error: silent }

/** The same three routes, by Hono alone. */
function bare(...middleware: MiddlewareHandler[]): Hono {
  const app = new Hono()
  for (const one of middleware) app.use(one)
  app.get('/hello', (c) => c.json({ hello: 'world' }))
  app.get('/rows', (c) => c.json(rows))
  app.post('/rows', async (c) => c.json(await c.req.json(), 201))
  return app
}

/** … and by our answers. */
function ours(install: (app: Hono) => void = () => {}): Hono {
  const app = new Hono()
  install(app)
  app.get('/hello', (c) => ok(c, { hello: 'world' }))
  app.get('/rows', (c) => ok(c, rows))
  app.post('/rows', async (c) => created(c, await c.req.json()))
  return app
}

/** What a request of an app of some size has by hand: an id, and a line in the log. */
export function idAndLog(setId: (c: Context, id: string) => void): MiddlewareHandler {
  return async (c, next) => {
    const startMs = performance.now()
    const requestId = crypto.randomUUID()
    setId(c, requestId)
    await next()
    const { method, path } = c.req
    const durationMs = performance.now() - startMs
    logger.info({ requestId, method, path, status: c.res.status, durationMs }, 'Request')
  }
}

/** Whether it is JSON at all: neither how deep it is, nor whether its bytes are UTF-8. */
const lookAtBody: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'GET') {
    if (!(Number(c.req.header('content-length')) <= 2 ** 20)) return c.text('Too large', 413)
    if (c.req.header('content-type') !== 'application/json') return c.text('Not JSON', 415)
    JSON.parse(await c.req.text())
  }
  return next()
}

/** As cheap as can be: at Node's own answer, where Hono does not know of it. */
export function setAtNode({ env }: Context, id: string): void {
  env.outgoing.setHeader('X-Request-Id', id)
}

const empty: MiddlewareHandler = async (_, next) => next()
const storage = new AsyncLocalStorage<object>()
const policies = { a: { limit: 1e9, windowMs: 60_000 }, b: { limit: 1e9, windowMs: 3_600_000 } }

/** What is compared; the first is what the others are measured by. */
export const apps = (): Readonly<Record<string, Hono>> => ({
  'bare Hono': bare(),
  'bare Hono, five empty middlewares': bare(empty, empty, empty, empty, empty),
  'our answers': ours(),
  'our answers, an id and a line by hand': ours((app) => void app.use(idAndLog(setAtNode))),
  '… and a look at the body by hand': ours((app) => {
    app.use(idAndLog(setAtNode))
    app.use(lookAtBody)
  }),
  httpStack: ours((app) => httpStack(app, { logger })),
  'httpStack, no line for a request': ours((app) => httpStack(app, { logger, log: false })),
  'httpStack, no guard': ours((app) => httpStack(app, { logger, guard: false })),
  'httpStack in an AsyncLocalStorage': ours((app) => {
    app.use((_, next) => storage.run({}, next))
    httpStack(app, { logger })
  }),
  'httpStack and contextStorage of Hono': ours((app) => {
    httpStack(app, { logger })
    app.use(contextStorage())
  }),
  'httpStack and rateLimit, two policies': ours((app) => {
    httpStack(app, { logger })
    app.use(rateLimit({ policies }))
  }),
  'httpStack and idempotency, without keys': ours((app) => {
    httpStack(app, { logger })
    app.use(idempotency({ principal: (c: Context) => c.req.header('x-user') }))
  }),
  'requestId alone': ours((app) => void app.use(requestId())),
  'requestLog alone': ours((app) => void app.use(requestLog(logger))),
  'installErrorHandling alone': ours((app) => installErrorHandling(app, { logger })),
  'bodyGuard alone': ours((app) => void app.use(bodyGuard())),
  'the pieces, one by one': ours((app) => {
    app.use(requestId())
    app.use(requestLog(logger))
    installErrorHandling(app, { logger })
    app.use(bodyGuard())
  }),
})
