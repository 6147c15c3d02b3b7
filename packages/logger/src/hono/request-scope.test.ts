import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import { createLogger } from '../create-logger.ts'
import { requestScope } from './request-scope.ts'

function build() {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger({ base: null, destination: { write: (line) => lines.push(JSON.parse(line)) } })
  return { lines, logger }
}

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

test('every line of a request carries its id, trace and locale, also where the logger came another way', async () => {
  const { lines, logger } = build()
  const app = new Hono<{ Variables: { locale: string } }>()
    .use(requestScope(logger, { fields: (c) => ({ path: c.req.path }) }))
    .use(requestId({ generator: () => 'r1' }))
    .get('/', (c) => {
      c.var.logger.info('first')
      c.set('locale', 'de')
      logger.child({ module: 'm' }).info('second')
      return c.text('')
    })
  await app.request('/', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } })
  const common = { level: 30, time: expect.any(Number), requestId: 'r1', traceId: trace, path: '/' }
  expect(lines).toEqual([
    { ...common, msg: 'first' },
    { ...common, locale: 'de', module: 'm', msg: 'second' },
  ])
})

test('what an error handler logs carries them, too', async () => {
  const { lines, logger } = build()
  const app = new Hono().use(requestId({ generator: () => 'r1' })).use(requestScope(logger))
  app.get('/', () => {
    throw new Error('no')
  })
  app.onError((error, c) => {
    logger.error(error)
    return c.text('', 500)
  })
  await app.request('/')
  expect(lines).toMatchObject([{ requestId: 'r1', msg: 'no' }])
})

test.each([
  ['nonsense'],
  [''],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  [`00-${trace.toUpperCase()}-00f067aa0ba902b7-01`],
  [`00-${trace}-x`],
])('a traceparent of %j is no trace', async (traceparent) => {
  const { lines, logger } = build()
  const app = new Hono().use(requestScope(logger)).get('/', (c) => {
    logger.info('line')
    return c.text('')
  })
  await app.request('/', { headers: { traceparent } })
  expect(lines[0]).not.toHaveProperty('traceId')
})
