import fc from 'fast-check'
import { describe, expect, inject, test, vi } from 'vitest'
import { createTranslator } from './create-translator.ts'
import { escapeHtml, isolateDirection } from './marks.ts'

/** Writes one message of one locale. */
function write(
  message: unknown,
  params?: Record<string, unknown>,
  locale = 'en',
  options: object = {},
): string {
  const catalogs: Record<string, Record<string, unknown>> = { [locale]: { message } }
  return createTranslator({ catalogs, defaultLocale: locale, ...options }).t('message', params)
}

describe('parameters', () => {
  test.each([
    ['{a}{b} {a}', { a: 1, b: 'x' }, '1x 1'],
    ['{größe} {_x} {日本}', { größe: 'L', _x: 1, 日本: 'JP' }, 'L 1 JP'],
    ['{a}', { a: '' }, ''],
    ['{a} {b} {c} {d}', { a: 0, b: false, c: 2n ** 70n, d: -0.5 }, '0 false 1180591620717411303424 -0.5'],
    ['{a}', { a: new Date(0) }, '1970-01-01T00:00:00.000Z'],
    ['{a}', { a: { toString: () => '12.50' } }, '12.50'],
    ['{a} {constructor} {toString}', { a: 1, constructor: 'Acme', toString: 'Ltd' }, '1 Acme Ltd'],
    ['{a} {constructor}', Object.assign(Object.create(null), { a: 1 }), '1 {constructor}'],
    ['{a}', { a: '{b} $& $1 {{' }, '{b} $& $1 {{'],
    ['{locale}{key}{fallback}{count}{t}', { locale: 1, key: 2, fallback: 3, count: 4, t: 5 }, '12345'],
    ['{{a}} {{{a}}} }} {{', { a: 'x' }, '{a} {x} } {'],
    ['{{a}}', undefined, '{a}'],
  ])('%j with %o is %j', (text, params, written) => {
    expect(write(text, params)).toBe(written)
  })

  test.each([
    ['{a}', undefined],
    ['{a}', {}],
    ['{a}', { a: undefined }],
    ['{a}', { a: null }],
    ['{a}', { a: {} }],
    ['{a}', { a: [1] }],
    ['{a}', { a: () => 1 }],
    ['{a}', { a: Object.create(null) }],
    [
      '{a}',
      {
        a: {
          toString: () => {
            throw new Error('no')
          },
        },
      },
    ],
    ['{a}', { a: new Date(Number.NaN) }],
    ['{a}', Object.create({ a: 'inherited' })],
    ['{toString}', {}],
    ['{constructor}', {}],
    ['{__proto__}', {}],
    ['{hasOwnProperty}', { a: 1 }],
    ['{a, date}', {}],
  ])('%j with %o stays as it is', (text, params) => {
    expect(write(text, params)).toBe(text)
  })

  test('a value that cannot be read is missing', () => {
    const fail = () => {
      throw new Error('no')
    }
    for (const params of [
      {
        get a() {
          return fail()
        },
      },
      new Proxy({ a: 1 }, { get: fail }),
      new Proxy({ a: 1 }, { getPrototypeOf: fail, getOwnPropertyDescriptor: fail }),
    ]) {
      expect(write('{a} {a, number}', params)).toBe('{a} {a, number}')
      expect(write({ '@select': 'a', other: 'other' }, params)).toBe('other')
    }
  })

  test.each([
    '{a.b}',
    '{a.__class__}',
    '{a[0]}',
    '{0}',
    '{a:>9999999}',
    '{a!r}',
    '{ a }',
    '{}',
    '{',
    '}',
    '{a',
    'a}',
    '{a{',
    '{a, nonsense}',
    '{a, number, nonsense}',
    '{a, currency}',
    '{a, date, toString}',
    '{a, constructor}',
    '{a,}',
    '{a, list, and}',
  ])('%j is no placeholder', (text) => {
    const a = vi.fn(() => 'called')
    expect(write(text, { a: { toString: a, b: 'x' }, 0: 'zero', '': 'empty' })).toBe(text)
    expect(a).not.toHaveBeenCalled()
  })

  test('whatever a value holds arrives as it is, in one pass', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('{b}', '{{', '}}', '$&', '{b, number}'),
    )
    fc.assert(
      fc.property(value, value, fc.constantFrom('', ' ', '-', '{{'), (a, b, between) => {
        expect(write(`<{a}${between}{b}>`, { a, b })).toBe(`<${a}${between.slice(0, 1)}${b}>`)
      }),
      { seed: inject('seed') },
    )
  })

  test('no text makes it throw, or reach what the parameters do not hold themselves', () => {
    const piece = fc.oneof(
      fc.constantFrom('{', '}', '{{', 'a', ',', ' ', 'number', 'date', 'currency', 'EUR', '__proto__', '.'),
      fc.string(),
    )
    const value = fc.oneof(fc.anything(), fc.constantFrom(1, '2', new Date(0)))
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        value,
        (text, a) => {
          const written = write(text, { a })
          expect(typeof written).toBe('string')
          expect(written).not.toContain('native code')
        },
      ),
      { seed: inject('seed') },
    )
  })

  test('a long text of braces takes no longer than it is', () => {
    for (const text of [
      '{'.repeat(500_000),
      '{a,'.repeat(200_000),
      `{a,${' '.repeat(500_000)}`,
      `{${'a'.repeat(500_000)}`,
    ]) {
      expect(write(text, { b: 1 }).length).toBeGreaterThan(100_000)
    }
  })

  test('a key without a text is marked as well, one that is plainly a key is not', () => {
    const { t } = createTranslator({ catalogs: { en: {} }, defaultLocale: 'en', mark: escapeHtml })
    const key: (key: unknown) => string = t as never
    for (const attack of ['<script>', ['<script>'], '<script>']) expect(key(attack)).toBe('&lt;script&gt;')
    expect(key('errors.NOT-FOUND_1')).toBe('errors.NOT-FOUND_1')
    const isolated = createTranslator({ catalogs: { en: {} }, defaultLocale: 'en', mark: isolateDirection })
    expect((isolated.t as typeof key)('errors.NOT_FOUND')).toBe('errors.NOT_FOUND')
  })

  test('a mark is put on each parameter of a text, on nothing else', () => {
    const attack = `<img src=x onerror="alert('1')">&`
    expect(write('<b>{a}</b>', { a: attack }, 'en', { mark: escapeHtml })).toBe(
      '<b>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</b>',
    )
    expect(write('{a, number} {a}', { a: 1 }, 'he', { mark: isolateDirection })).toBe(
      '\u20681\u2069 \u20681\u2069',
    )
    expect(write({ one: '<{count}>', other: '' }, { count: 1 }, 'en', { mark: () => '&' })).toBe('<&>')
  })
})

describe('plurals', () => {
  const categories = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' }

  // From the tables of CLDR: unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
  test.each([
    ['en', { one: [1], other: [0, 2, 11, 21, 101] }],
    ['de', { one: [1], other: [0, 2, 1.5] }],
    ['fr', { one: [0, 1, 1.5], other: [2, 100], many: [1_000_000] }],
    ['ja', { other: [0, 1, 2, 100] }],
    ['sr', { one: [1, 21, 101], few: [2, 3, 4, 22], other: [0, 5, 11, 12, 14, 20] }],
    ['pl', { one: [1], few: [2, 3, 4, 22], many: [0, 5, 12, 14, 21] }],
    ['cs', { one: [1], few: [2, 3, 4], many: [1.5], other: [0, 5, 100] }],
    ['lv', { zero: [0, 10, 11, 20], one: [1, 21, 101], other: [2, 9, 22] }],
    ['ar', { zero: [0], one: [1], two: [2], few: [3, 10, 103], many: [11, 99, 111], other: [100, 102, 1.5] }],
    ['cy', { zero: [0], one: [1], two: [2], few: [3], many: [6], other: [4, 5, 7, 100] }],
    ['he', { one: [1], two: [2], other: [0, 3, 10] }],
  ])('%s has the categories of CLDR', (locale, expected) => {
    for (const [category, counts] of Object.entries(expected)) {
      expect(counts.map((count) => write(categories, { count }, locale))).toEqual(counts.map(() => category))
    }
  })

  test('every language Intl knows gets what Intl says, from 0 to 200', () => {
    const locales = Intl.PluralRules.supportedLocalesOf(
      'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gd gl gu he hi hr hu hy id is it ja ka kk km kn ko lt lv mk ml mr ms mt my nb ne nl pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zu'.split(
        ' ',
      ),
    )
    expect(locales.length).toBeGreaterThan(60)
    for (const locale of locales) {
      const { t } = createTranslator({ catalogs: { [locale]: { n: categories } }, defaultLocale: locale })
      const rules = new Intl.PluralRules(locale)
      for (let count = 0; count <= 200; count++) expect(t('n', { count })).toBe(rules.select(count))
    }
  })

  test.each([
    [{ one: 'one {count}', other: 'other {count}' }, { count: 1 }, 'one 1'],
    [{ one: 'one', other: 'other {count}' }, { count: 2n }, 'other 2'],
    [{ one: 'one', other: 'other {count}' }, { count: '1' }, 'one'],
    [{ one: 'one', other: 'other {count}' }, {}, 'other {count}'],
    [{ one: 'one', other: 'other {count}' }, { count: {} }, 'other {count}'],
    [{ one: 'one', other: 'other {count}' }, { count: Symbol('x') }, 'other Symbol(x)'],
    [{ other: 'only other' }, { count: 1 }, 'only other'],
    [{ '=0': 'none', one: 'one', other: '{count}' }, { count: 0 }, 'none'],
    [{ '=0': 'none', one: 'one', other: '{count}' }, { count: 1 }, 'one'],
    [{ '@plural': 'days', one: '{days} day', other: '{days} days' }, { days: 3, count: 1 }, '3 days'],
    [{ one: '{count, number} row', other: '{count, number} rows' }, { count: 12345 }, '12,345 rows'],
  ])('%o with %o is %j', (message, params, written) => {
    expect(write(message, params)).toBe(written)
  })

  test('ordinals have rules of their own', () => {
    const place = {
      '@ordinal': 'place',
      one: '{place}st',
      two: '{place}nd',
      few: '{place}rd',
      other: '{place}th',
    }
    const written = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101].map((n) => write(place, { place: n }))
    expect(written.join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st')
  })

  test('the rules are those of the language the text is in', () => {
    const catalogs: Record<string, object> = { en: { n: categories }, ja: {}, 'fr-CA': { n: categories } }
    const { t } = createTranslator({ catalogs, defaultLocale: 'en' }) as unknown as {
      t: (...rest: unknown[]) => string
    }
    expect(t('n', { count: 1 }, { locale: 'ja' })).toBe('one')
    expect(t('n', { count: 0 }, { locale: 'fr' })).toBe('one')
  })

  test('an object with another key is a section, whose texts have keys', () => {
    expect(write({ one: '1', other: '2', title: '3' }, { count: 1 })).toBe('message')
    expect(write({ one: '1' }, { count: 1 })).toBe('message')
    expect(write({ one: 1, other: '2' }, { count: 1 })).toBe('message')
    expect(write({ other: { title: 'x' } }, { count: 1 })).toBe('message')
  })
})

describe('select', () => {
  const by = { '@select': 'gender', female: 'her', male: 'his', other: 'their' }

  test.each([
    ['female', 'her'],
    ['male', 'his'],
    ['x', 'their'],
    ['other', 'their'],
    ['@select', 'their'],
    ['toString', 'their'],
    ['__proto__', 'their'],
    [undefined, 'their'],
    [null, 'their'],
    [{}, 'their'],
    [Symbol('female'), 'their'],
  ])('%o is %j', (gender, written) => {
    expect(write(by, { gender })).toBe(written)
  })

  test('takes numbers and truth values, and leaves the name where nothing fits', () => {
    const paid = { '@select': 'paid', true: 'yes', false: 'no', 1: 'one' }
    expect([true, false, 1, 2].map((value) => write(paid, { paid: value }))).toEqual([
      'yes',
      'no',
      'one',
      '{paid}',
    ])
  })

  test('nests with plurals', () => {
    const message = {
      '@select': 'gender',
      female: { one: 'her house', other: 'her {count} houses' },
      other: {
        one: 'their house',
        other: { '@select': 'big', yes: 'their {count} big houses', other: 'their houses' },
      },
    }
    expect(write(message, { gender: 'female', count: 2 })).toBe('her 2 houses')
    expect(write(message, { gender: 'x', count: 2, big: 'yes' })).toBe('their 2 big houses')
  })

  test('a catalogue that nests for ever is no message, and no harm', () => {
    let node: unknown = 'x'
    for (let depth = 0; depth < 5000; depth++) node = { other: node }
    expect(write(node, { count: 1 })).toBe('message')
  })
})

describe('formats', () => {
  const at = new Date('2026-03-01T23:30:00Z')
  test.each([
    ['{n, number}', { n: 1234567.891 }, 'en', '1,234,567.891'],
    ['{n, number}', { n: 1234567.891 }, 'de', '1.234.567,891'],
    ['{n,number,integer}', { n: 1234.5 }, 'de', '1.235'],
    ['{n, number, percent}', { n: 0.255 }, 'en', '25.5%'],
    ['{n, number, compact}', { n: 12_345 }, 'en', '12K'],
    ['{n, number}', { n: 2n ** 70n }, 'en', '1,180,591,620,717,411,303,424'],
    ['{n, number}', { n: '9007199254740993.25' }, 'en', '9,007,199,254,740,993.25'],
    ['{n, number}', { n: { toString: () => '1234.50', toFixed() {} } }, 'en', '1,234.5'],
    ['{n, currency, EUR}', { n: 1234.5 }, 'en', '€1,234.50'],
    ['{n, currency, EUR}', { n: '1234.5' }, 'de', '1.234,50\u00a0€'],
    ['{n, currency, JPY}', { n: 1234.5 }, 'en', '¥1,235'],
    ['{n, currency, code}', { n: 5, code: 'usd' }, 'en', '$5.00'],
    ['{at, date}', { at }, 'en', 'Mar 1, 2026'],
    ['{at, date}', { at: '2026-03-01' }, 'en', 'Mar 1, 2026'],
    ['{at, date, short}', { at }, 'de', '01.03.26'],
    ['{at, date, long}', { at }, 'de', '1. März 2026'],
    ['{at, date, full}', { at: at.getTime() }, 'en', 'Sunday, March 1, 2026'],
    ['{at, date, long}', { at: at.toISOString() }, 'es', '1 de marzo de 2026'],
    ['{at, time, short}', { at }, 'de', '23:30'],
    ['{at, datetime, short}', { at }, 'de', '01.03.26, 23:30'],
    ['{names, list}', { names: ['Ann', 'Bob', 'Cid'] }, 'en', 'Ann, Bob, and Cid'],
    ['{names, list, or}', { names: ['Ann', 'Bob'] }, 'de', 'Ann oder Bob'],
  ])('%s of %o in %s is %s', (text, params, locale, written) => {
    expect(write(text, params, locale)).toBe(written)
  })

  test.each([
    ['{n, number}', { n: 'many' }, 'many'],
    ['{n, number, compact}', { n: '1e-999999999' }, '1e-999999999'],
    ['{n, currency, EUR}', { n: true }, 'true'],
    ['{n, currency, code}', { n: 5, code: 'nonsense' }, '5'],
    ['{n, currency, code}', { n: 5 }, '5'],
    ['{at, date}', { at: 'soon' }, 'soon'],
    ['{at, date}', { at: 'Room 5' }, 'Room 5'],
    ['{at, date}', { at: '12' }, '12'],
    ['{at, date}', { at: 12n }, '12'],
    ['{names, list}', { names: 'Ann' }, 'Ann'],
  ])('%s of %o is shown plainly', (text, params, written) => {
    expect(write(text, params)).toBe(written)
  })

  test('dates are in the time zone of the translator', () => {
    expect(write('{at, datetime, short}', { at }, 'de', { timeZone: 'Europe/Berlin' })).toBe(
      '02.03.26, 00:30',
    )
  })

  test('a variety of the language brings its own formats, another language does not', () => {
    const { t } = createTranslator({
      catalogs: { en: { d: '{at, date, short}' }, de: {} },
      defaultLocale: 'en',
    })
    expect(['en', 'en-GB', 'de'].map((locale) => t('d', { at }, { locale }))).toEqual([
      '3/1/26',
      '01/03/2026',
      '3/1/26',
    ])
  })
})
