import type { Translator } from '@fastkit/contracts'
import { type Context, Hono } from 'hono'
import { languageDetector } from 'hono/language'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { validated } from './validated.ts'
import { withMessages } from './with-messages.ts'

const Note = v.object({ text: v.string() })
const detector = languageDetector({
  supportedLanguages: ['en', 'de', 'es', 'fr', 'sr'],
  fallbackLanguage: 'en',
})
const messages = {
  en: 'Is required',
  de: 'Ist erforderlich',
  es: 'Es obligatorio',
  fr: 'Est obligatoire',
  sr: 'Obavezno je',
}

async function textOf(app: Hono, language: string): Promise<unknown> {
  const response = await app.request('/', { headers: { 'accept-language': language } })
  const { errors, issues } = (await response.json()) as { errors: object; issues: { messageKey?: string }[] }
  expect(issues[0]).not.toHaveProperty('messageKey')
  return Object.values(errors).flat()[0]
}

test('messages are in the language of each of a thousand requests at once', async () => {
  const app = new Hono()
  app.use(detector, withMessages())
  app.get('/', validated('query', Note), (c) => c.text('ok'))
  const languages = Array.from(
    { length: 1000 },
    (_, at) => Object.keys(messages)[at % 5] as keyof typeof messages,
  )
  const found = await Promise.all(languages.map((language) => textOf(app, language)))
  expect(found).toEqual(languages.map((language) => messages[language]))
})

test('the application’s own texts come first, and the locale is asked for only where something is wrong', async () => {
  const asked: string[] = []
  const translator: Translator = {
    has: (key, locale) => locale === 'de' && key === 'validation.fields.text.required',
    t: () => 'Der Text fehlt',
  }
  const app = new Hono()
  app.use(withMessages({ translator, locale }))
  app.get('/', validated('query', Note), (c) => c.text('ok'))
  expect((await app.request('/?text=a')).status).toBe(200)
  expect(asked).toEqual([])
  expect(await textOf(app, 'de')).toBe('Der Text fehlt')
  expect(asked).toEqual(['/'])

  function locale(c: Context): string {
    asked.push(c.req.path)
    return 'de'
  }
})

test('the locale is c.var.locale, before the language that Hono’s detector has found', async () => {
  const app = new Hono<{ Variables: { locale: string } }>()
  app.use(detector, withMessages())
  app.use(async (c, next) => {
    c.set('locale', 'de-AT')
    await next()
  })
  app.get('/', validated('query', Note), (c) => c.text('ok'))
  expect(await textOf(app as never, 'fr')).toBe(messages.de)
})

test('without it, or without a locale, they are in English', async () => {
  const app = new Hono().get('/', validated('query', Note), (c) => c.text('ok'))
  expect(await textOf(app, 'de')).toBe(messages.en)
  const quiet = new Hono()
    .use(withMessages({ locale: () => undefined }))
    .get('/', validated('query', Note), (c) => c.text('ok'))
  expect(await textOf(quiet, 'de')).toBe(messages.en)
})
