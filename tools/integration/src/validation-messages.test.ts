import { int, listQuery } from '@fastkit/http'
import { httpStack } from '@fastkit/http/hono'
import * as http from '@fastkit/http/translations'
import { createTranslator } from '@fastkit/i18n'
import { validated, withMessages } from '@fastkit/validation/hono'
import { de, en, fr, type ValidationTexts } from '@fastkit/validation/translations'
import { integer, nonEmpty } from '@fastkit/validation/valibot'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'

const Note = v.strictObject({
  text: nonEmpty(),
  pages: integer({ min: 1 }),
  mine: v.optional(v.pipe(v.string(), v.email('As it is'))),
})
const own = { fields: { text: { required: 'Der Text fehlt' } } }
const httpTexts: Record<string, http.HttpTexts> = { de: http.de, en: http.en, fr: http.fr }
const validationTexts: Record<string, ValidationTexts> = { de, en, fr }
const catalogs = Object.fromEntries(
  Object.entries(validationTexts).map(([language, { validation }]) => [
    language,
    {
      ...httpTexts[language],
      validation: { ...httpTexts[language]?.validation, ...validation, ...(language === 'de' && own) },
    },
  ]),
)
const translator = createTranslator({ catalogs, defaultLocale: 'en' })
const localeOf = (c: Context) => c.req.header('accept-language')
const logger = { debug() {}, info() {}, warn() {}, error() {} }

function appOf(...more: MiddlewareHandler[]): Hono {
  const app = new Hono()
  httpStack(app, { logger, translator, locale: localeOf })
  for (const middleware of more) app.use(middleware)
  app.post('/', validated('json', Note), (c) => c.text('ok'))
  app.get('/', validated('query', listQuery({ filter: { total: int(['gte']) }, sort: [] })), (c) =>
    c.text('ok'),
  )
  return app
}

async function errorsOf(app: Hono, language: string): Promise<object> {
  const body = JSON.stringify({ pages: 0, mine: 'x' })
  const headers = { 'content-type': 'application/json', 'accept-language': language }
  const response = await app.request('/', { method: 'POST', body, headers })
  expect(response.status).toBe(422)
  const answer = (await response.json()) as { errors: object; issues: object[] }
  for (const issue of answer.issues) expect(issue).not.toHaveProperty('messageKey')
  return answer.errors
}

test('the error path words what validation found, by the texts of the catalogue', async () => {
  expect(await errorsOf(appOf(), 'fr')).toEqual({
    text: ['Est obligatoire'],
    pages: ['Doit être au moins 1'],
    mine: ['As it is'],
  })
  expect(await errorsOf(appOf(), 'de')).toMatchObject({ text: ['Ist erforderlich'] })
})

describe('what withMessages has worded', () => {
  const app = appOf(withMessages({ translator, locale: localeOf }))

  test('is not worded once more', async () => {
    expect(await errorsOf(app, 'de')).toEqual({
      text: ['Der Text fehlt'],
      pages: ['Muss mindestens 1 sein'],
      mine: ['As it is'],
    })
  })

  test('is the query of a list as well', async () => {
    const response = await app.request('/?page=0&page=1', { headers: { 'accept-language': 'de' } })
    expect(await response.json()).toMatchObject({ errors: { page: [http.de.validation.repeated] } })
  })
})
