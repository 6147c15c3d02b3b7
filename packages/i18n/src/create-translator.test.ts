import { describe, expect, test } from 'vitest'
import { createTranslator } from './create-translator.ts'
import { I18nError } from './errors.ts'
import type { Missing } from './missing-log.ts'

/** As files of the original have it. */
const en = {
  messages: { hello: 'Hello, {name}!', empty: '', blank: '   ', bye: 'Bye, {name}' },
  a: { b: { c: { d: 'deep' } } },
  odd: { number: 7, list: ['x'], nothing: null, yes: true },
  'flat.key': 'flat',
  nested: { 'flat.key': 'flat below' },
}
const es = { messages: { hello: '¡Hola, {name}!' } }

/** Keys are texts here, as they are to packages that know a translator by its contract. */
function build(options: object = {}) {
  const catalogs: Record<string, Record<string, unknown>> = { en, es }
  return createTranslator({ catalogs, defaultLocale: 'en', ...options })
}

test('a text is found by its dotted key, however deep', () => {
  const { t } = build()
  expect(t('messages.hello', { name: 'John' })).toBe('Hello, John!')
  expect(t('messages.hello', { name: 'John' }, { locale: 'es' })).toBe('¡Hola, John!')
  expect(t('a.b.c.d')).toBe('deep')
  expect([t('flat.key'), t('nested.flat.key')]).toEqual(['flat', 'flat below'])
})

test.each([
  'unknown',
  'messages',
  'messages.unknown',
  'messages.hello.more',
  'odd.number',
  'odd.list',
  'odd.list.0',
  'odd.nothing',
  'odd.yes',
  'a.b.c',
  '',
  '.',
  '...',
  'a..b',
  'messages.',
  '__proto__',
  'constructor',
  'toString',
  'a.__proto__.b',
  'messages.constructor.name',
  'messages.hello.length',
  '\0',
])('%j leads to no text, and is shown itself', (key) => {
  const { t, has } = build()
  expect([t(key), t(key, {}, { locale: 'es' }), has(key)]).toEqual([key, key, false])
})

test('keys and locales of any length are harmless', () => {
  const { t, has } = build()
  for (const long of ['x', '.', 'a.', 'es-', '-x', '{'].map((piece) => piece.repeat(500_000))) {
    expect(t(long) === long && t(long, {}, { locale: long }) === long && !has(long, long)).toBe(true)
    expect(t('messages.bye', { name: 'J' }, { locale: long })).toBe('Bye, J')
  }
})

test('keys and locales that are no text are harmless', () => {
  const {
    t,
    has,
    for: forLocale,
  } = build() as unknown as Record<'t' | 'has' | 'for', (...args: unknown[]) => unknown>
  const none = [undefined, null, 5, {}, [], Symbol('x'), 1n]
  for (const key of none) expect([t(key), has(key)]).toEqual([String(key), false])
  for (const locale of none) {
    expect(t('a.b.c.d', {}, { locale })).toBe('deep')
    expect((forLocale(locale) as { t(key: string): string }).t('a.b.c.d')).toBe('deep')
  }
  expect([has('a.b.c.d', null), has('a.b.c.d', 5)]).toEqual([false, false])
})

test('keys and locales from outside do not hide those that are there', () => {
  const { t, has } = build()
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 5000; n++) has(`k${n}`)
    for (let n = 0; n < 500; n++) t('messages.bye', { name: n }, { locale: `es-x-${n}` })
    expect([has('a.b.c.d'), has('a.b.c.d', 'es'), has('k1')]).toEqual([true, false, false])
    expect(t('messages.hello', { name: 'J' }, { locale: 'es' })).toBe('¡Hola, J!')
  }
})

test('empty and blank texts are texts', () => {
  const { t, has } = build()
  expect([t('messages.empty'), t('messages.blank'), has('messages.empty')]).toEqual(['', '   ', true])
})

test('a catalogue with __proto__ in it has a text of that name, and no other effect', () => {
  const catalogs = {
    en: JSON.parse('{"__proto__":{"x":"own"},"constructor":"built"}') as Record<string, unknown>,
  }
  const { t } = createTranslator({ catalogs, defaultLocale: 'en' })
  expect([t('__proto__.x'), t('constructor'), t('x'), ({} as { x?: string }).x]).toEqual([
    'own',
    'built',
    'x',
    undefined,
  ])
})

describe('the locale', () => {
  const {
    t,
    has,
    locales,
    for: forLocale,
  } = createTranslator({
    catalogs: {
      en: { only: 'english', all: 'en' },
      sr: { all: 'sr', sr: 'sr' },
      'sr-Latn': { all: 'sr-Latn' },
      'pt-BR': { all: 'pt-BR' },
      'zh-CN': { all: 'zh-CN' },
      de_AT: { all: 'de-AT' },
    } as Record<string, Record<string, string>>,
    defaultLocale: 'en',
  })
  const all = (locale: string) => t('all', {}, { locale })

  test.each([
    ['sr-Latn-RS', 'sr-Latn'],
    ['sr-Cyrl-RS', 'sr'],
    ['SR-latn', 'sr-Latn'],
    ['sr_Latn', 'sr-Latn'],
    ['sh', 'sr-Latn'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh', 'zh-CN'],
    ['zh-TW', 'en'],
    ['de', 'de-AT'],
    ['de-AT', 'de-AT'],
    ['en-US-x-private', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    ['en.json', 'en'],
    ['../../etc/passwd', 'en'],
    ['sr/../x', 'en'],
    ['__proto__', 'en'],
    ['constructor', 'en'],
    ['sr\0', 'en'],
    ['*', 'en'],
  ])('%j is served by %s', (asked, served) => {
    expect(all(asked)).toBe(served)
    expect(forLocale(asked).t('all')).toBe(served)
  })

  test('a text that a locale lacks comes from its less specific forms, then from the fallback', () => {
    expect(t('sr', {}, { locale: 'sr-Latn-RS' })).toBe('sr')
    expect(t('only', {}, { locale: 'sr-Latn-RS' })).toBe('english')
    expect(t('nowhere', {}, { locale: 'sr-Latn-RS' })).toBe('nowhere')
  })

  test('has looks at the locale and its less specific forms alone', () => {
    expect([
      has('sr', 'sr-Latn-RS'),
      has('only', 'sr'),
      has('all', 'pt'),
      has('all', 'fr'),
      has('only'),
    ]).toEqual([true, false, true, false, true])
    expect([forLocale('sr').has('sr'), forLocale('sr').has('only')]).toEqual([true, false])
  })

  test('the catalogues are listed as they were named', () => {
    expect(locales).toEqual(['en', 'sr', 'sr-Latn', 'pt-BR', 'zh-CN', 'de_AT'])
  })

  test('fallbacks are tried in their order, none of them with an empty list', () => {
    const catalogs: Record<string, object> = { en: { x: 'en', y: 'en' }, fr: { x: 'fr' }, de: {} }
    const loud = createTranslator({ catalogs, defaultLocale: 'en', fallback: ['fr', 'en'] })
    const [x, y] = (['x', 'y'] as const).map((key) => loud.t(key as never, {}, { locale: 'de' }))
    expect([x, y, loud.t('x' as never)]).toEqual(['fr', 'en', 'en'])
    const silent = createTranslator({ catalogs, defaultLocale: 'en', fallback: [] })
    expect(['de', 'fr', 'es', '?'].map((locale) => silent.t('x' as never, {}, { locale }))).toEqual([
      'x',
      'fr',
      'x',
      'x',
    ])
  })

  test('the locale at hand counts where none is given', () => {
    let current = 'es'
    const ambient = build({ locale: { current: () => current } })
    expect(ambient.t('messages.hello', { name: 'J' })).toBe('¡Hola, J!')
    expect(ambient.t('messages.hello', { name: 'J' }, { locale: 'en' })).toBe('Hello, J!')
    current = 'en'
    expect(ambient.t('messages.hello', { name: 'J' })).toBe('Hello, J!')
  })
})

describe('texts of packages, below the catalogues', () => {
  const one = {
    en: { errors: { GONE: 'Gone', LATE: 'Late by {n}' } },
    de: { errors: { GONE: 'Weg', LATE: '{n} zu spät' } },
    fr: { errors: { GONE: 'Parti' } },
  }
  const other = { en: { errors: { GONE: 'Away', TAKEN: 'Taken' } }, de: { errors: { TAKEN: 'Vergeben' } } }
  const catalogs: Record<string, Record<string, unknown>> = {
    en: { errors: { GONE: 'Gone, sorry', TAKEN: {} } },
    'de-AT': { title: 'Titel' },
  }
  const base = [one, other]
  const { t, has, locales, replace } = createTranslator({ catalogs, base, defaultLocale: 'en' })

  test('count key by key, where a catalogue of the same language has none', () => {
    const written = (key: string, locale: string) => t(key, { n: 2 }, { locale })
    expect(['en', 'de-AT', 'de'].map((locale) => written('errors.GONE', locale))).toEqual([
      'Gone, sorry',
      'Weg',
      'Weg',
    ])
    expect(['en', 'de-AT'].map((locale) => written('errors.LATE', locale))).toEqual([
      'Late by 2',
      '2 zu spät',
    ])
    expect(['en', 'de-AT'].map((locale) => written('errors.TAKEN', locale))).toEqual(['Taken', 'Vergeben'])
    expect([has('errors.TAKEN', 'de'), has('errors.nope', 'de'), has('title', 'de')]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('bring no language of their own: what is asked for in it comes from the fallback whole', () => {
    expect([t('errors.GONE', {}, { locale: 'fr' }), locales]).toEqual(['Gone, sorry', ['en', 'de-AT']])
  })

  test('are not reported as missing, and stay below catalogues that replace others', () => {
    const heard: Missing[] = []
    const own = createTranslator({
      catalogs,
      base,
      defaultLocale: 'en',
      onMissing: (each) => heard.push(each),
    })
    own.t('errors.LATE', { n: 1 }, { locale: 'de' })
    own.t('errors.nope', {}, { locale: 'de' })
    expect(heard).toEqual([{ key: 'errors.nope', locale: 'de-AT' }])
    replace({ en: {} })
    expect([t('errors.GONE'), t('errors.TAKEN')]).toEqual(['Gone', 'Taken'])
  })

  test('have to be catalogues as well', () => {
    const refused = (layer: Record<string, object>) => () => build({ base: [layer] })
    expect(refused({ 'no tag': {} })).toThrow(expect.objectContaining({ code: 'LOCALE_INVALID' }))
    expect(refused({ 'pt-BR': {}, pt_br: {} })).toThrow(expect.objectContaining({ code: 'CATALOG_CONFLICT' }))
  })
})

describe('what is missing', () => {
  test('is reported once for each key and locale, with the catalogue that was used instead', () => {
    const heard: Missing[] = []
    const { t } = build({ onMissing: (missing: Missing) => heard.push(missing) })
    for (const locale of ['es', 'es-MX', 'en', 'fr', 'en-GB']) {
      for (let call = 0; call < 3; call++) [t('a.b.c.d', {}, { locale }), t('nope', {}, { locale })]
    }
    expect(heard).toEqual([
      { key: 'a.b.c.d', locale: 'es', used: 'en' },
      { key: 'nope', locale: 'es' },
      { key: 'nope', locale: 'en' },
    ])
  })

  test('is reported for parameters as well, which stay visible', () => {
    const heard: Missing[] = []
    const { t } = build({ onMissing: (missing: Missing) => heard.push(missing) })
    expect([t('messages.hello'), t('messages.hello', { nme: 'x' })]).toEqual([
      'Hello, {name}!',
      'Hello, {name}!',
    ])
    expect(heard).toEqual([{ key: 'messages.hello', locale: 'en', used: 'en', param: 'name' }])
  })

  test('is remembered and reported up to a limit, since keys may come from outside', () => {
    let heard = 0
    const { t } = build({ onMissing: () => heard++ })
    for (let round = 0; round < 2; round++) for (let key = 0; key < 5000; key++) t(`k${key}`)
    expect(heard).toBe(1000)
  })
})

describe('other catalogues', () => {
  test('replace the old ones at once, for those who hold one locale as well', () => {
    const translator = build()
    const spanish = translator.for('es')
    expect(spanish.t('messages.hello', { name: 'J' })).toBe('¡Hola, J!')
    translator.replace({ en: { messages: { hello: 'Hi' } }, es: { messages: { hello: 'Buenas' } }, fr: {} })
    expect([spanish.t('messages.hello'), translator.t('messages.hello')]).toEqual(['Buenas', 'Hi'])
    expect(translator.locales).toEqual(['en', 'es', 'fr'])
  })

  test('that will not do leave the old ones in place', () => {
    const translator = build()
    expect(() => translator.replace({ es })).toThrow('There is no catalogue for "en"; there are: es')
    expect(translator.t('a.b.c.d')).toBe('deep')
  })

  test('are never mixed with the old ones, in whatever order they come between calls', async () => {
    const version = (n: number) => ({ en: { a: `a${n}`, b: { one: `b${n}`, other: `b${n}` } } })
    const translator = createTranslator({
      catalogs: version(0) as Record<string, object>,
      defaultLocale: 'en',
    })
    const { t } = translator.for('en') as unknown as { t(key: string): string }
    let mixed = 0
    const read = async () => {
      for (let call = 0; call < 10_000; call++) {
        if (t('a').slice(1) !== t('b').slice(1)) mixed++
        if (call % 100 === 0) await null
      }
    }
    const swap = async () => {
      for (let n = 1; n <= 100; n++) {
        translator.replace(version(n))
        await null
      }
    }
    await Promise.all([read(), swap(), read()])
    expect([mixed, t('a')]).toEqual([0, 'a100'])
  })
})

test.each([
  [{ defaultLocale: 'de' }, 'LOCALE_UNKNOWN', 'There is no catalogue for "de"; there are: en, es'],
  [{ fallback: ['fr'] }, 'LOCALE_UNKNOWN', 'There is no catalogue for "fr"; there are: en, es'],
  [{ defaultLocale: '../en' }, 'LOCALE_INVALID', '"../en" is not a language tag, as "en" and "pt-BR" are'],
  [{ catalogs: { en, translations: {} } }, 'LOCALE_INVALID', '"translations" is not a language tag'],
  [
    { catalogs: { en, 'pt-BR': {}, pt_br: {} } },
    'CATALOG_CONFLICT',
    'Two of the catalogues are of the same locale',
  ],
  [{ catalogs: {} }, 'LOCALE_UNKNOWN', 'there are: none'],
  [{ timeZone: 'Mars/Olympus' }, 'TIME_ZONE_UNKNOWN', 'There is no time zone "Mars/Olympus"'],
  [{ timeZone: '' }, 'TIME_ZONE_UNKNOWN', 'There is no time zone ""'],
])('%o is refused at once with %s', (options, code, message) => {
  const attempt = () => build(options)
  expect(attempt).toThrow(I18nError)
  expect(attempt).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message), kind: 'internal' }),
  )
})
