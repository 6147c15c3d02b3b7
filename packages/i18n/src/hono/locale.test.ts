import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { contextStorage } from 'hono/context-storage'
import { cors } from 'hono/cors'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { HTTPException } from 'hono/http-exception'
import { languageDetector } from 'hono/language'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { describe, expect, test } from 'vitest'
import { createLocaleContext } from '../context/locale-context.ts'
import { createTranslator } from '../create-translator.ts'
import { locale } from './locale.ts'

const context = createLocaleContext({ default: 'en', supported: ['en', 'de', 'es', 'fr'] })
const translator = createTranslator({
  catalogs: {
    en: { hi: 'Hi {name}' },
    de: { hi: 'Hallo {name}' },
    es: { hi: 'Hola {name}' },
    fr: { hi: 'Salut {name}' },
  } as const,
  defaultLocale: 'en',
  locale: context,
})

const app = new Hono().use(locale(context, { translator })).get('/', async (c) => {
  await null
  return c.text([c.var.locale, c.var.t('hi', { name: 'Ann' }), translator.t('hi', { name: 'Bob' })].join())
})

const headersOf = (response: Response) => [
  response.headers.get('content-language'),
  response.headers.get('vary'),
]

describe('the locale of a request', () => {
  test.each([
    ['/', {}, 'en', 'Cookie, Accept-Language'],
    ['/', { 'accept-language': 'es-ES' }, 'es', 'Cookie, Accept-Language'],
    ['/', { 'accept-language': 'en;q=0.5, de;q=0.9' }, 'de', 'Cookie, Accept-Language'],
    ['/', { 'accept-language': 'it' }, 'en', 'Cookie, Accept-Language'],
    ['/', { 'accept-language': 'es', cookie: 'locale=de' }, 'de', 'Cookie'],
    ['/', { 'accept-language': 'es', cookie: 'locale=it' }, 'es', 'Cookie, Accept-Language'],
    ['/?lang=fr', { 'accept-language': 'es', cookie: 'locale=de' }, 'fr', null],
    ['/?lang=fr-CA', {}, 'fr', null],
    ['/?lang=it', { cookie: 'locale=de' }, 'de', 'Cookie'],
    ['/?lang=it&lang=fr', { cookie: 'locale=de' }, 'de', 'Cookie'],
    ['/?lang=', { 'accept-language': 'es' }, 'es', 'Cookie, Accept-Language'],
    ['/?lang=../../etc/passwd%00', { cookie: 'locale=__proto__' }, 'en', 'Cookie, Accept-Language'],
    ['/?lang=%E0%A4%A', { cookie: 'locale=%E0%A4%A; locale=de' }, 'en', 'Cookie, Accept-Language'],
  ])('%s with %o is %s', async (path, headers, expected, vary) => {
    const response = await app.request(path, { headers: headers as Record<string, string> })
    const hi = { en: 'Hi', de: 'Hallo', es: 'Hola', fr: 'Salut' }[expected]
    expect(await response.text()).toBe(`${expected},${hi} Ann,${hi} Bob`)
    expect(headersOf(response)).toEqual([expected, vary])
  })

  test('is looked for only where it should be', async () => {
    const bare = new Hono()
      .use('/cookie', locale(context, { query: false, cookie: 'l', header: false }))
      .use('/query', locale(context, { query: 'l', cookie: false, header: false }))
      .get('*', (c) => c.text(c.get('locale' as never)))
    const headers = { cookie: 'l=de; locale=es', 'accept-language': 'fr' }
    const cookie = await bare.request('/cookie?lang=fr&l=fr', { headers })
    expect([await cookie.text(), ...headersOf(cookie)]).toEqual(['de', 'de', 'Cookie'])
    const query = await bare.request('/query?lang=fr&l=es', { headers })
    expect([await query.text(), ...headersOf(query)]).toEqual(['es', 'es', null])
    expect(await (await bare.request('/query?lang=fr', { headers })).text()).toBe('en')
  })

  test('never reaches another: four languages at once', async () => {
    const languages = ['en', 'de', 'es', 'fr'] as const
    let mixed = 0
    const busy = new Hono().use(locale(context, { translator })).get('/:at', async (c) => {
      for (let step = 0; step < 10; step++) await new Promise(setImmediate)
      return c.text(
        `${c.var.t('hi', { name: 'x' })} ${translator.t('hi', { name: 'x' })} ${context.current()}`,
      )
    })
    await Promise.all(
      Array.from({ length: 400 }, async (_, at) => {
        const language = languages[at % 4] as (typeof languages)[number]
        const response = await busy.request(`/${at}`, { headers: { 'accept-language': language } })
        const hi = translator.t('hi', { name: 'x' }, { locale: language })
        if ((await response.text()) !== `${hi} ${hi} ${language}` || headersOf(response)[0] !== language)
          mixed++
      }),
    )
    expect(mixed).toBe(0)
  })
})

describe('the answer', () => {
  const answers = new Hono()
    .use(locale(context))
    .get('/own', (c) => c.text('', 200, { 'content-language': 'la', vary: 'Origin, accept-language' }))
    .get('/any', () => new Response('', { headers: { vary: '*' } }))
    .get('/raw', () => new Response('raw'))
    .get('/fixed', () => Response.redirect('http://localhost/', 302))
    .get('/thrown', () => {
      throw new HTTPException(403, { message: 'no' })
    })
    .get('/failed', () => {
      throw new Error('no')
    })
  answers.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.text(context.current(), 500),
  )
  const get = (path: string) => answers.request(path, { headers: { 'accept-language': 'de' } })

  test('keeps what it says about itself', async () => {
    expect(headersOf(await get('/own'))).toEqual(['la', 'Origin, accept-language, Cookie'])
    expect(headersOf(await get('/any'))).toEqual(['de', '*'])
  })

  test.each(['/raw', '/fixed', '/thrown', '/failed', '/unknown'])(
    '%s says its language, too',
    async (path) => {
      expect(headersOf(await get(path))).toEqual(['de', 'Cookie, Accept-Language'])
    },
  )

  test('an error is answered in the language of the request', async () => {
    expect(await (await get('/failed')).text()).toBe('de')
  })
})

describe("Hono's own middleware works beside it, in both orders", () => {
  const own: Record<string, MiddlewareHandler> = {
    cors: cors({ origin: 'http://a.example' }),
    etag: etag(),
    compress: compress({ threshold: 0 }),
    csrf: csrf(),
    timeout: timeout(5000),
    secureHeaders: secureHeaders(),
    language: languageDetector({ supportedLanguages: ['en', 'de'], fallbackLanguage: 'en', caches: false }),
    requestId: requestId(),
    contextStorage: contextStorage(),
  }
  const request = {
    headers: { 'accept-language': 'de', 'accept-encoding': 'gzip', origin: 'http://a.example' },
  }

  test.each(Object.entries(own))('%s', async (name, middleware) => {
    const ours = locale(context, { translator })
    const alone = await new Hono()
      .use(middleware)
      .get('/', (c) => c.text('Hallo Ann'))
      .request('/', request)
    for (const order of [
      [ours, middleware],
      [middleware, ours],
    ] as const) {
      const both = new Hono()
        .use(...order)
        .get('/', (c) => c.text((c.get('t' as never) as (typeof translator)['t'])('hi', { name: 'Ann' })))
      const response = await both.request('/', request)
      expect([response.status, await response.clone().arrayBuffer()]).toEqual([
        200,
        await alone.clone().arrayBuffer(),
      ])
      const vary = response.headers.get('vary')?.toLowerCase().split(', ').sort()
      const theirs = alone.headers.get('vary')?.toLowerCase().split(', ') ?? []
      expect([name, vary]).toEqual([name, ['accept-language', 'cookie', ...theirs].sort()])
      const varies = ['content-language', 'vary', 'x-request-id']
      const others = [...alone.headers].filter(([header]) => !varies.includes(header))
      expect(Object.fromEntries(response.headers)).toMatchObject(Object.fromEntries(others))
      expect(response.headers.get('content-language')).toBe('de')
      expect(response.headers.has('x-request-id')).toBe(alone.headers.has('x-request-id'))
    }
  })

  test('an answer that is not modified', async () => {
    const app = new Hono()
      .use(locale(context))
      .use(etag())
      .get('/', (c) => c.text('x'))
    const tag = (await app.request('/')).headers.get('etag') ?? ''
    const response = await app.request('/', { headers: { 'if-none-match': tag } })
    expect([response.status, ...headersOf(response)]).toEqual([304, 'en', 'Cookie, Accept-Language'])
  })
})

test('it works on a sub-app and on one route alone', async () => {
  const sub = new Hono().use(locale(context)).get('/x', (c) => c.text(c.var.locale))
  const app = new Hono()
    .route('/sub', sub)
    .get('/one', locale(context), (c) => c.text(c.var.locale))
    .get('/none', (c) => c.text(context.current()))
  const get = async (path: string) =>
    (await app.request(path, { headers: { 'accept-language': 'es' } })).text()
  expect([await get('/sub/x'), await get('/one'), await get('/none')]).toEqual(['es', 'es', 'en'])
})
