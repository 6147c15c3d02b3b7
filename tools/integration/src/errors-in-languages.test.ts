import { int, listQuery } from '@fastkit/http'
import { httpStack, ifMatch } from '@fastkit/http/hono'
import { de, en, es, fr, sr } from '@fastkit/http/translations'
import { createTranslator } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import { notFound } from '@fastkit/service'
import { Hono } from 'hono'
import { expect, test } from 'vitest'

const texts = { en, de, es, fr, sr }
const languages = Object.keys(texts) as (keyof typeof texts)[]
const context = createLocaleContext({ default: 'en', supported: languages })
const list = listQuery({ filter: { total: int(['gte']) } })
const silent = () => {}
const logger = { debug: silent, info: silent, warn: silent, error: silent }

/** The locale is told by `c.var.locale`, or only by the context that the translator asks. */
function build(way: 'explicit' | 'ambient') {
  const app = new Hono()
  app.use(locale(context))
  const translator = createTranslator({
    catalogs: texts,
    defaultLocale: 'en',
    ...(way === 'ambient' && { locale: context }),
  })
  httpStack(app, { logger, translator, ...(way === 'ambient' && { locale: () => undefined }) })
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms % 4))
  app.get('/list/:at', async (c) => {
    await pause(Number(c.req.param('at')))
    return c.json(list.parse(c.req.queries()))
  })
  app.get('/missing/:at', async (c) => {
    await pause(Number(c.req.param('at')))
    throw notFound('Invoice', 7)
  })
  app.patch('/version/:at', async (c) => {
    await pause(Number(c.req.param('at')))
    return c.json(await ifMatch(c, async () => 1, { required: true }))
  })
  app.get('/text/:at', async (c) => {
    await pause(Number(c.req.param('at')))
    throw 'text'
  })
  return app
}

const kinds: [path: string, init: RequestInit, code: keyof typeof en.errors][] = [
  ['/nowhere', {}, 'ROUTE_NOT_FOUND'],
  ['/list', {}, 'VALIDATION_FAILED'],
  ['/version', { method: 'PATCH' }, 'PRECONDITION_REQUIRED'],
  ['/text', {}, 'INTERNAL'],
]

test.each(['explicit', 'ambient'] as const)(
  'five hundred refusals in five languages, %s: none is answered in another’s',
  async (way) => {
    const app = build(way)
    const wrong: unknown[] = []
    await Promise.all(
      Array.from({ length: 500 }, async (_, at) => {
        const language = languages[at % languages.length] as keyof typeof texts
        const [path, init, code] = kinds[at % kinds.length] as (typeof kinds)[number]
        const response = await app.request(`${path}/${at}?perPage=0`, {
          ...init,
          headers: { 'accept-language': language },
        })
        const body = (await response.json()) as { message: string; errors?: Record<string, string[]> }
        const expected = texts[language].errors[code]
        const range = texts[language].validation.range.replace('{min}', '1').replace('{max}', '100')
        if (body.message !== expected) wrong.push([language, code, body])
        if (body.errors && body.errors['perPage']?.[0] !== range) wrong.push([language, body.errors])
        if (response.headers.get('content-language') !== language) wrong.push([language, 'content-language'])
      }),
    )
    expect(wrong).toEqual([])
  },
)

test('a code that no catalogue has keeps the words of its error', async () => {
  const response = await build('explicit').request('/missing/1', { headers: { 'accept-language': 'de' } })
  expect(await response.json()).toMatchObject({ code: 'INVOICE_NOT_FOUND', message: 'There is no Invoice 7' })
})
