import { Hono } from 'hono'
import { healthRoutes, httpStack, installErrorHandling, ok } from '../src/hono/index.ts'
import { createLifecycle } from '../src/index.ts'
import { serve } from '../src/node/index.ts'

/** An app in a process of its own: says where it listens, and at its end which requests its handlers saw. */
const options = JSON.parse(process.env['SERVE_OPTIONS'] ?? '{}')
const seen: string[] = []
const say = (line: string) => process.stdout.write(`${line}\n`)
const log = (fields: object, message?: string) => say(`${message} ${JSON.stringify(fields)}`)
const logger = { debug: log, info: log, warn: log, error: log }
const lifecycle = createLifecycle({ logger })
for (const name of ['database', 'cache']) lifecycle.onClose(name, () => say(`${name} closed`))
if (options.hangs) lifecycle.onClose('events', () => new Promise(() => setInterval(() => {}, 1000)))

const app = new Hono()
if (options.guarded) httpStack(app, { logger })
else installErrorHandling(app, { logger })
app.route('/health', healthRoutes({}, { lifecycle }))
app.post('/work', async (c) => {
  const { id } = await c.req.json()
  seen.push(id)
  await new Promise((resolve) => setTimeout(resolve, 10))
  return ok(c, { id })
})
app.get('/stuck', () => {
  say('stuck')
  return new Promise<never>(() => {})
})

process.on('exit', () => say(`seen ${JSON.stringify(seen)}`))
const { url } = await serve(app, { port: 0, lifecycle, logger, ...options })
say(url)
