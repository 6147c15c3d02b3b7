import { AsyncLocalStorage } from 'node:async_hooks'
import type { Translator } from '@fastkit/contracts'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { languageDetector } from 'hono/language'
import { describe, expect, test } from 'vitest'
import { HttpError } from '../errors.ts'
import { bodyGuard } from './body-guard.ts'
import type { ErrorHandlingOptions } from './error-answers.ts'
import { installErrorHandling } from './error-handling.ts'
import { healthRoutes } from './health.ts'
import { httpStack } from './http-stack.ts'
import { requestId } from './request-id.ts'

const languages = ['en', 'es', 'de', 'fr'] as const

/** Every key in every language, as `[de] errors.INTERNAL {"a":1}`; but for those it does not have. */
function texts(current: () => string, missing: RegExp = /^$/): Translator {
  return {
    t: (key, params, { locale = current() } = {}) =>
      missing.test(key) ? key : `[${locale}] ${key} ${JSON.stringify(params)}`,
    has: (key) => !missing.test(key),
  }
}

const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }
const fromHeader = (c: Context) => c.req.header('accept-language')

interface Body {
  readonly message: string
  readonly errors?: Record<string, string[]>
  readonly issues?: { message: string }[]
}

const issues = [
  { path: ['name'], code: 'MIN_LENGTH', message: 'Too short', params: { min: 2 } },
  { path: ['city'], code: 'ODD', messageKey: 'cities.odd' },
  { path: [], code: 'UNKNOWN', message: 'As it was' },
]

function build(options: Partial<ErrorHandlingOptions> = {}) {
  const app = new Hono()
  installErrorHandling(app, { logger, translator: texts(() => 'en'), locale: fromHeader, ...options })
  app.route('/health', healthRoutes({ database: () => Promise.reject(new Error('down')) }))
  app.post('/guarded', bodyGuard({ maxBytes: 5 }), (c) => c.text(''))
  app.get('/invalid', () => {
    throw new HttpError('VALIDATION_FAILED', 'Not valid', { issues })
  })
  app.get('/own-key', () => {
    throw Object.assign(new HttpError('NOT_READY', 'x'), { messageKey: 'own.key', params: { a: 1 } })
  })
  app.get('/forbidden', () => {
    throw new HTTPException(403, { message: 'no' })
  })
  app.get('/refused', () => {
    throw new HTTPException(403)
  })
  app.get('/thrown', () => {
    throw new Error('hunter2')
  })
  app.get('/text', () => {
    throw 'hunter2'
  })
  return app
}

const ask = async (app: Hono, path: string, init: RequestInit = {}) => {
  const response = await app.request(path, { ...init, headers: { 'accept-language': 'de', ...init.headers } })
  return (await response.json()) as Body
}

describe('every message is the catalogue’s, in the language of the request', () => {
  test.each([
    ['/nowhere', {}, '[de] errors.ROUTE_NOT_FOUND {}'],
    ['/thrown', { method: 'PUT' }, '[de] errors.METHOD_NOT_ALLOWED {"methods":"GET, HEAD"}'],
    ['/invalid', {}, '[de] errors.VALIDATION_FAILED {}'],
    ['/own-key', {}, '[de] own.key {"a":1}'],
    ['/refused', {}, '[de] errors.FORBIDDEN {}'],
    ['/thrown', {}, '[de] errors.INTERNAL {}'],
    ['/text', {}, '[de] errors.INTERNAL {}'],
    ['/health/ready', {}, '[de] errors.NOT_READY {}'],
    [
      '/guarded',
      { method: 'POST', body: 'x' },
      '[de] errors.UNSUPPORTED_MEDIA_TYPE {"types":"application/json"}',
    ],
    [
      '/guarded',
      { method: 'POST', body: '"12345"', headers: { 'content-type': 'application/json' } },
      '[de] errors.TOO_LARGE {"maxBytes":5}',
    ],
  ])('%s %j', async (path, init, message) => {
    expect((await ask(build(), path, init)).message).toBe(message)
  })

  test('issues too, by their rule or a key of their own', async () => {
    const translator = texts(() => 'en', /validation\.unknown/)
    const body = await ask(build({ translator }), '/invalid')
    expect(body.errors).toEqual({
      name: ['[de] validation.min_length {"min":2}'],
      city: ['[de] cities.odd {}'],
      _root: ['As it was'],
    })
    expect(body.issues?.map(({ message }) => message)).toEqual(Object.values(body.errors ?? {}).flat())
  })

  test('as problem+json it is the same', async () => {
    const headers = { accept: 'application/problem+json' }
    expect(await ask(build(), '/nowhere', { headers })).toMatchObject({
      detail: '[de] errors.ROUTE_NOT_FOUND {}',
    })
  })
})

test('where the catalogue has nothing, errors keep their own words', async () => {
  const app = build({ translator: texts(() => 'en', /./) })
  expect((await ask(app, '/invalid')).errors).toEqual({
    name: ['Too short'],
    city: ['Is not valid'],
    _root: ['As it was'],
  })
  expect((await ask(app, '/thrown')).message).toBe('Something went wrong on our side')
  expect((await ask(app, '/forbidden')).message).toBe('no')
})

test('an HTTPException keeps the message that the app gave it', async () => {
  expect((await ask(build(), '/forbidden')).message).toBe('no')
})

test('without one it has the text of its code, or of its status', async () => {
  const translator = texts(() => 'en', /errors\.FORBIDDEN/)
  expect((await ask(build(), '/refused')).message).toBe('[de] errors.FORBIDDEN {}')
  expect((await ask(build({ translator }), '/refused')).message).toBe('[de] errors.HTTP_403 {}')
})

test('an issue whose key is empty has its final message', async () => {
  const app = new Hono()
  installErrorHandling(app, { logger, translator: texts(() => 'en') })
  app.get('/', () => {
    const issues = [{ path: ['name'], code: 'MIN_LENGTH', message: 'Final', messageKey: '' }]
    throw new HttpError('VALIDATION_FAILED', 'Not valid', { issues })
  })
  expect((await ask(app, '/')).errors).toEqual({ name: ['Final'] })
})

test('a translator or a locale that fails costs no answer', async () => {
  const fail = () => {
    throw new Error('no catalogue')
  }
  const translator = { t: fail, has: fail }
  expect((await ask(build({ translator }), '/forbidden')).message).toBe('no')
  const lines: unknown[] = []
  const log = (fields: object) => lines.push(fields)
  const app = build({ locale: fail, logger: { debug: log, info: log, warn: log, error: log } })
  for (const path of ['/forbidden', '/nowhere', '/text'])
    expect((await ask(app, path)).message).toBe('Something went wrong on our side')
  expect(lines).toHaveLength(3)
  expect(JSON.stringify(lines)).toContain('no catalogue')
})

describe('the locale of a request', () => {
  const throwing = (app: Hono) =>
    app.get('/', () => {
      throw new HTTPException(403)
    })

  test('is c.var.locale, whatever middleware set it', async () => {
    const app = new Hono()
    app.use(async (c, next) => {
      c.set('locale' as never, 'es' as never)
      await next()
    })
    installErrorHandling(app, { logger, translator: texts(() => 'en') })
    expect((await ask(throwing(app), '/')).message).toBe('[es] errors.FORBIDDEN {}')
  })

  test('or what Hono’s language middleware found', async () => {
    const app = new Hono()
    app.use(languageDetector({ supportedLanguages: ['en', 'de'], fallbackLanguage: 'en', caches: false }))
    httpStack(app, { logger, translator: texts(() => 'en') })
    expect((await ask(throwing(app), '/')).message).toBe('[de] errors.FORBIDDEN {}')
  })

  test('or the one at hand', async () => {
    const storage = new AsyncLocalStorage<string>()
    const app = new Hono()
    app.use((_, next) => storage.run('fr', next))
    httpStack(app, { logger, translator: texts(() => storage.getStore() ?? 'en') })
    expect((await ask(throwing(app), '/')).message).toBe('[fr] errors.FORBIDDEN {}')
    expect((await ask(app, '/nowhere')).message).toBe('[fr] errors.ROUTE_NOT_FOUND {}')
  })
})

test.each(['explicit', 'ambient'])('a thousand requests in four languages never mix, %s', async (way) => {
  const storage = new AsyncLocalStorage<string>()
  const app = new Hono()
  app.use(async (c, next) => storage.run(c.req.header('accept-language') ?? 'en', next))
  app.use(requestId())
  installErrorHandling(app, {
    logger,
    translator: texts(() => storage.getStore() ?? 'none'),
    locale: way === 'explicit' ? fromHeader : () => undefined,
  })
  app.get('/:kind/:turns', async (c) => {
    for (let turn = Number(c.req.param('turns')); turn > 0; turn--) await new Promise(setImmediate)
    if (c.req.param('kind') === 'issues') throw new HttpError('VALIDATION_FAILED', 'x', { issues })
    if (c.req.param('kind') === 'text') throw 'text'
    throw new HTTPException(403)
  })
  const mixed: string[] = []
  await Promise.all(
    Array.from({ length: 1000 }, async (_, at) => {
      const language = languages[at % 4] as string
      const kind = ['issues', 'text', 'exception'][at % 3]
      const path = at % 10 === 0 ? '/nowhere' : `/${kind}/${(at * 7) % 11}`
      const body = await ask(app, path, { headers: { 'accept-language': language } })
      const words = [body.message, ...Object.values(body.errors ?? {}).flat()]
      if (!words.every((word) => word.startsWith(`[${language}] `))) mixed.push(`${language}: ${words}`)
    }),
  )
  expect(mixed).toEqual([])
})
