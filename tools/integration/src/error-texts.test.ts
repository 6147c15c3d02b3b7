import { createRepository } from '@fastkit/db'
import * as dbTexts from '@fastkit/db/translations'
import { httpStack, ok } from '@fastkit/http/hono'
import * as httpTexts from '@fastkit/http/translations'
import { createTranslator } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import { conflict, forbidden, invalid, notFound } from '@fastkit/service'
import * as serviceTexts from '@fastkit/service/translations'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../test/open-database.ts'

const languages = ['en', 'es', 'de', 'fr', 'sr'] as const
const { prisma, close } = await openDatabase()
afterAll(close)

const clients = createRepository(prisma, 'client')
const invoices = createRepository(prisma, 'invoice')
const invoice = { clientId: 1, status: 'draft', totalCents: 1, dueOn: new Date(0) }
await clients.create({ name: 'Ann' })
const { id } = await invoices.create(invoice)

const failures: Readonly<Record<string, () => unknown>> = {
  UNIQUE_VIOLATION: () => invoices.create({ ...invoice, id }),
  FOREIGN_KEY_VIOLATION: () => invoices.create({ ...invoice, clientId: 99 }),
  FIELD_VALUE: () => invoices.create({ ...invoice, status: 1 as never }),
  NOT_FOUND: () => clients.getOrFail(99),
  PAGE_BOUNDS: () => clients.paginate({ page: 0 }),
  FORBIDDEN: () => Promise.reject(forbidden('Only the owner may void it')),
  CONFLICT: () => Promise.reject(conflict('CONFLICT', 'One draft for each client')),
  VALIDATION_FAILED: () => Promise.reject(invalid([], 'The dates overlap')),
  'named/FORBIDDEN': () => Promise.reject(forbidden('Not yours', { messageKey: 'errors.OWNER_ONLY' })),
  'exception/UNAUTHENTICATED': () => Promise.reject(new HTTPException(401)),
  'exception/FORBIDDEN': () => Promise.reject(new HTTPException(403, { message: 'Only the owner may' })),
  'exception/UNAVAILABLE': () => Promise.reject(new HTTPException(503, { message: 'db-7 is down' })),
}

/** The errors above, in an app whose own texts lie over those of the packages. */
function build(own: Partial<Record<(typeof languages)[number], object>> = {}) {
  const catalogs: Record<string, object> = { en: {}, es: {}, de: {}, fr: {}, sr: {}, ...own }
  const context = createLocaleContext({ default: 'en', supported: languages })
  const base = [httpTexts, dbTexts, serviceTexts]
  const translator = createTranslator({ catalogs, base, defaultLocale: 'en', locale: context })
  const app = new Hono()
  const nobody = () => undefined
  httpStack(app, { logger: { debug: nobody, info: nobody, warn: nobody, error: nobody }, translator })
  app.use(locale(context))
  for (const [code, fail] of Object.entries(failures)) app.get(`/${code}`, async (c) => ok(c, await fail()))
  app.get('/own', () => {
    throw conflict('INVOICE_STATE', 'It is issued', { params: { number: 7 } })
  })
  app.get('/lost', () => {
    throw notFound('Invoice', 7)
  })
  return async (path: string, language: string) => {
    const response = await app.request(path, { headers: { 'accept-language': language } })
    return (await response.json()) as { code: string; message: string; errors?: Record<string, string[]> }
  }
}

test.each([
  ['UNIQUE_VIOLATION', 'en', 'This value is already taken'],
  ['UNIQUE_VIOLATION', 'sr', 'Ova vrednost je već zauzeta'],
  [
    'FOREIGN_KEY_VIOLATION',
    'de',
    'Andere Einträge hängen daran, oder das, worauf verwiesen wird, gibt es nicht',
  ],
  ['FIELD_VALUE', 'fr', 'Un champ contient une valeur du mauvais type'],
  ['NOT_FOUND', 'es', 'Esto no existe'],
  ['PAGE_BOUNDS', 'de', 'page muss eine ganze Zahl von 1 bis 450359962737049 sein'],
  ['exception/UNAUTHENTICATED', 'fr', 'Connectez-vous d’abord'],
  ['ROUTE_NOT_FOUND', 'sr', 'Na ovoj adresi nema ničega'],
])('%s in %s: %s', async (code, language, message) => {
  expect(await build()(`/${code}`, language)).toMatchObject({ code: code.split('/').at(-1), message })
})

test('what is wrong with a field is told in it as well', async () => {
  const get = build()
  expect((await get('/UNIQUE_VIOLATION', 'de')).errors).toEqual({ id: ['Ist schon vergeben'] })
  expect((await get('/FIELD_VALUE', 'es')).errors).toEqual({ status: [dbTexts.es.validation.type] })
})

test("the app's own texts come first, key by key and language by language", async () => {
  const get = build({
    de: {
      errors: { NOT_FOUND: 'Weg', INVOICE_STATE: 'Nr. {number} ist schon gestellt' },
      validation: { unique: 'Doppelt' },
    },
  })
  expect((await get('/NOT_FOUND', 'de')).message).toBe('Weg')
  expect((await get('/NOT_FOUND', 'fr')).message).toBe(dbTexts.fr.errors.NOT_FOUND)
  expect(await get('/UNIQUE_VIOLATION', 'de')).toMatchObject({
    message: dbTexts.de.errors.UNIQUE_VIOLATION,
    errors: { id: ['Doppelt'] },
  })
  expect((await get('/own', 'de-AT')).message).toBe('Nr. 7 ist schon gestellt')
})

test.each([
  ['FORBIDDEN', 'Only the owner may void it'],
  ['CONFLICT', 'One draft for each client'],
  ['VALIDATION_FAILED', 'The dates overlap'],
  ['named/FORBIDDEN', 'Not yours'],
  ['exception/FORBIDDEN', 'Only the owner may'],
])("%s: what the app said itself is not replaced by a package's text: %s", async (path, message) => {
  for (const language of languages) expect((await build()(`/${path}`, language)).message).toBe(message)
})

test("but the app's own catalogue has the last word of a code", async () => {
  const errors = {
    FORBIDDEN: 'Darf nur der Eigentümer',
    OWNER_ONLY: 'Gehört dir nicht',
    CONFLICT: 'Nur einer',
  }
  const get = build({ de: { errors } })
  expect((await get('/FORBIDDEN', 'de')).message).toBe(errors.FORBIDDEN)
  expect((await get('/FORBIDDEN', 'fr')).message).toBe('Only the owner may void it')
  expect((await get('/named/FORBIDDEN', 'de')).message).toBe(errors.OWNER_ONLY)
  expect((await get('/CONFLICT', 'de')).message).toBe(errors.CONFLICT)
  expect((await get('/exception/FORBIDDEN', 'de')).message).toBe('Only the owner may')
})

test('what an exception of 500 and above says stays hidden', async () => {
  expect((await build()('/exception/UNAVAILABLE', 'de')).message).toBe(httpTexts.de.errors.UNAVAILABLE)
})

test('a code without any text keeps the words it was thrown with', async () => {
  const get = build()
  expect((await get('/own', 'de')).message).toBe('It is issued')
  expect(await get('/lost', 'de')).toMatchObject({
    code: 'INVOICE_NOT_FOUND',
    message: 'There is no Invoice 7',
  })
})
