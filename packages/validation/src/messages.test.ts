import type { Translator } from '@fastkit/contracts'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { safeValidate, safeValidateAsync } from './validate.ts'

const Order = v.object({
  email: v.pipe(v.string(), v.email()),
  items: v.array(v.object({ price: v.pipe(v.number(), v.minValue(1)) })),
})
const wrong = { email: 'x', items: [{ price: 0 }, {}] }

/** A translator over flat texts by locale, with a fallback, as simple as one can be. */
function translatorOf(
  texts: Record<string, Record<string, string>>,
  fallback = 'en',
  atHand = 'en',
): Translator {
  return {
    has: (key, locale = atHand) => texts[locale]?.[key] !== undefined,
    t: (key, params = {}, { locale = atHand } = {}) =>
      (texts[locale]?.[key] ?? texts[fallback]?.[key] ?? key).replace(/\{(\w+)\}/g, (_, name) =>
        String(params[name]),
      ),
  }
}

function messagesOf(
  options: Parameters<typeof safeValidate>[2],
  input: unknown = wrong,
  schema: v.GenericSchema = Order,
) {
  const result = safeValidate(schema, input, options)
  return result.ok ? [] : result.error.issues?.map(({ message }) => message)
}

test.each([
  ['en', 'Must be an e-mail address'],
  ['de', 'Muss eine E-Mail-Adresse sein'],
  ['de-AT', 'Muss eine E-Mail-Adresse sein'],
  ['es', 'Debe ser una dirección de correo electrónico'],
  ['fr_CA', 'Doit être une adresse e-mail'],
  ['sr-Latn-RS', 'Mora biti adresa e-pošte'],
  ['SR', 'Mora biti adresa e-pošte'],
  ['it', 'Must be an e-mail address'],
  ['', 'Must be an e-mail address'],
  ['__proto__', 'Must be an e-mail address'],
  ['../../etc/passwd', 'Must be an e-mail address'],
  [undefined, 'Must be an e-mail address'],
])('in the locale %j it is %j', (locale, message) => {
  expect(messagesOf({ locale })?.[0]).toBe(message)
})

describe('a translator', () => {
  test('is asked for the field, then for the rule, then come ours', () => {
    const translator = translatorOf({
      de: {
        'validation.fields.items.*.price.min_value': 'Kostet mindestens {min} Euro',
        'validation.required': 'Fehlt',
      },
    })
    expect(messagesOf({ translator, locale: 'de' })).toEqual([
      'Muss eine E-Mail-Adresse sein',
      'Kostet mindestens 1 Euro',
      'Fehlt',
    ])
  })

  test('has texts for the input as a whole under _root', () => {
    const translator = translatorOf({ en: { 'validation.fields._root.type': 'Send an order' } })
    expect(messagesOf({ translator }, 'x')).toEqual(['Send an order'])
  })

  test('is asked for its locale at hand where none is named', () => {
    const translator = translatorOf({ de: { 'validation.email': 'Keine Adresse' } }, 'en', 'de')
    expect(messagesOf({ translator })?.[0]).toBe('Keine Adresse')
  })

  test('falls back in its own way where we have no text in the language', () => {
    const translator = translatorOf({ it: {}, en: { 'validation.email': 'No address' } })
    expect(messagesOf({ translator, locale: 'it' })).toEqual([
      'No address',
      'Must be at least 1',
      'Is required',
    ])
    expect(messagesOf({ translator, locale: 'de' })?.[0]).toBe('Muss eine E-Mail-Adresse sein')
  })

  test('has the labels of fields, by path, by name, or the name itself', () => {
    const required = 'validation.required'
    const schema = v.object({
      items: v.array(v.object({ price: v.number(), sku: v.number(), tag: v.number() })),
    })
    const translator = translatorOf({
      en: {
        [required]: '{field} is missing',
        'fields.items.*.price': 'The price',
        'fields.sku': 'The article',
      },
    })
    expect(messagesOf({ translator }, { items: [{}] }, schema)).toEqual([
      'The price is missing',
      'The article is missing',
      'tag is missing',
    ])
  })

  test('has the texts of an author’s codes; a text in the schema stays', () => {
    const schema = v.pipe(
      v.string(),
      v.check(() => false, 'SLUG_TAKEN'),
      v.check(() => false, 'As it is'),
    )
    const translator = translatorOf({ de: { 'validation.slug_taken': 'Vergeben' } })
    expect(messagesOf({ translator, locale: 'de' }, 'x', schema)).toEqual(['Vergeben', 'As it is'])
  })

  test('that throws at a text it lacks, or at a parameter, is passed over', () => {
    const translator: Translator = {
      has: (key) => key === 'validation.required',
      t: (key) => {
        throw new Error(key)
      },
    }
    expect(messagesOf({ translator, locale: 'it' })).toEqual([
      'Must be an e-mail address',
      'Must be at least 1',
      'Is required',
    ])
  })

  test('that cannot even tell what it has is passed over', () => {
    const fail = () => {
      throw new Error('no catalogue')
    }
    expect(messagesOf({ translator: { has: fail, t: fail }, locale: 'de' })).toEqual([
      'Muss eine E-Mail-Adresse sein',
      'Muss mindestens 1 sein',
      'Ist erforderlich',
    ])
  })

  test('does not see what the client sent', () => {
    const seen: unknown[] = []
    const translator: Translator = {
      has: () => true,
      t: (key, params) => `${seen.push({ ...params })}${key}`,
    }
    messagesOf({ translator }, { email: 'canary', items: [{ price: -123456 }] })
    expect(JSON.stringify(seen)).not.toMatch(/canary|123456/)
  })
})

test('what was worded is final, and says so; what was not can still be translated', () => {
  const keyOf = (options?: Parameters<typeof safeValidate>[2], schema: v.GenericSchema = Order) => {
    const result = safeValidate(schema, wrong, options)
    return result.ok ? 'none' : result.error.issues?.[0]?.messageKey
  }
  expect(keyOf()).toBeUndefined()
  expect(keyOf({ locale: 'en' })).toBe('')
  expect(keyOf({ translator: translatorOf({}) })).toBe('')
  expect(keyOf({}, v.string('Bitte Text'))).toBe('')
  expect(keyOf({}, v.string('TEXT_NEEDED'))).toBeUndefined()
})

test('ten thousand interleaved validations in five languages are not mixed up', async () => {
  const expected: Record<string, string> = {
    en: 'Must be an e-mail address',
    de: 'Muss eine E-Mail-Adresse sein',
    es: 'Debe ser una dirección de correo electrónico',
    fr: 'Doit être une adresse e-mail',
    sr: 'Mora biti adresa e-pošte',
  }
  const Slow = v.pipeAsync(
    v.string(),
    v.checkAsync(() => Promise.resolve(true)),
    v.email(),
  )
  const locales = Object.keys(expected)
  const results = await Promise.all(
    Array.from({ length: 10_000 }, async (_, at) => {
      const locale = locales[at % locales.length] as string
      if (at % 3 === 0) await Promise.resolve()
      const result = await safeValidateAsync(Slow, 'x', { locale })
      return result.ok ? false : result.error.issues?.[0]?.message === expected[locale]
    }),
  )
  expect(results.filter((fits) => !fits)).toEqual([])
})
