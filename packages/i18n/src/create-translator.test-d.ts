import type { Translator } from '@fastkit/contracts'
import { expectTypeOf } from 'vitest'
import { createTranslator } from './create-translator.ts'
import type { MessageKey, ParamsOf } from './message-types.ts'

const en = {
  title: 'Invoices',
  welcome: 'Hello, {name}!',
  braces: 'Write {{name}} for a name, {"a": 1} for JSON',
  total: '{total, currency, EUR} until {due, date, long} for {people, list}',
  price: '{total, currency, code} in {code}',
  invoices: {
    count: { one: 'One invoice', other: '{count} invoices of {client}' },
    place: { '@ordinal': 'place', one: '{place}st', other: '{place}th' },
    by: {
      '@select': 'gender',
      female: 'her {thing}',
      other: { one: 'their thing', other: 'their {things}' },
    },
    kind: { '@select': 'kind', draft: 'Draft', paid: 'Paid' },
  },
} as const

const { t, has, for: forLocale } = createTranslator({ catalogs: { en }, defaultLocale: 'en' })

t('title')
t('title', {}, { locale: 'de' })
t('welcome', { name: 'Ann' })
t('welcome', { name: 2n }, { locale: 'de' })
t('braces')
t('total', { total: '12.50', due: new Date(0), people: ['Ann', 'Bob'] })
t('price', { total: 12, code: 'EUR' })
t('invoices.count', { count: 2, client: 'Ann' })
t('invoices.place', { place: 1 })
t('invoices.by', { gender: 'anything', thing: 'house', things: 'houses', count: 3 })
t('invoices.kind', { kind: 'paid' })
forLocale('de').t('welcome', { name: 'Ann' })
has('any.key')

// @ts-expect-error there is no such key
t('invoice.count')
// @ts-expect-error a section is no message
t('invoices')
// @ts-expect-error the parameters are missing
t('welcome')
// @ts-expect-error one of them is
t('invoices.count', { count: 2 })
// @ts-expect-error it has another name
t('welcome', { nme: 'Ann' })
// @ts-expect-error a plain object has no text of its own
t('welcome', { name: {} })
// @ts-expect-error a currency needs a number
t('price', { total: 'twelve', code: 'EUR' })
// @ts-expect-error it names the currency by a parameter
t('price', { total: 12 })
// @ts-expect-error a branch there is not, where there is no `other`
t('invoices.kind', { kind: 'void' })
// @ts-expect-error the parameter of one locale's text as well
forLocale('de').t('welcome')

expectTypeOf<ParamsOf<'{a} {b, number}'>['a']>().toExtend<string | number | bigint | boolean | object>()

// Imported JSON has keys; its texts are plain strings to TypeScript, and only what structure says is known.
declare const json: { title: string; menu: { items: { one: string; other: string } } }
const loose = createTranslator({ catalogs: { en: json, de: {} }, defaultLocale: 'en' })
loose.t('title')
loose.t('title', { any: 1 })
loose.t('menu.items', { count: 1 })
// @ts-expect-error a plural has a count
loose.t('menu.items', {})
// @ts-expect-error there is no such key
loose.t('titel')
expectTypeOf<MessageKey<typeof json>>().toEqualTypeOf<'title' | 'menu.items'>()

// Where nothing is known, everything goes.
declare const loaded: Record<string, Record<string, unknown>>
const untyped = createTranslator({ catalogs: loaded, defaultLocale: 'en' })
untyped.t('any.key')
untyped.t('any.key', { any: 1 }, { locale: 'de' })

declare const sections: Record<string, Record<string, Record<string, string>>>
const dynamic = createTranslator({ catalogs: sections, defaultLocale: 'en' })
declare const code: string
dynamic.t('errors.GONE')
dynamic.t(`errors.${code}`, { any: 1 })

// A key that is put together is checked as every key it can be.
declare const kind: 'count' | 'place'
// @ts-expect-error one of them needs more
t(`invoices.${kind}`, { count: 1, client: 'Ann' })
t(`invoices.${kind}`, { count: 1, client: 'Ann', place: 1 })

// Each is the translator that other packages ask for.
expectTypeOf(untyped).toExtend<Translator>()
expectTypeOf(loose).toExtend<Translator>()
expectTypeOf(createTranslator({ catalogs: { en }, defaultLocale: 'en' })).toExtend<Translator>()

// Texts of packages add no keys: those are of the app.
const base = [{ en: { errors: { GONE: 'Gone' } } }, { en: { errors: { TAKEN: 'Taken' } }, de: {} }] as const
const layered = createTranslator({ catalogs: { en }, base, defaultLocale: 'en' })
layered.t('title')
// @ts-expect-error it is not among the app's
layered.t('errors.GONE')

// @ts-expect-error the default is one of the catalogues
createTranslator({ catalogs: { en }, defaultLocale: 'de' })
