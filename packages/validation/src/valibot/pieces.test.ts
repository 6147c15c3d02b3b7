import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, inject, test } from 'vitest'
import { safeValidate } from '../validate.ts'
import { bool, email, integer, isoDate, money, nonEmpty, password, slug, text, username } from './index.ts'

/** The output, or the codes of the issues. */
function outcome(schema: v.GenericSchema, input: unknown): unknown {
  const result = safeValidate(schema, input)
  return result.ok ? result.value : result.error.issues?.map(({ code }) => code)
}

function table(
  schema: v.GenericSchema,
  rows: readonly (readonly [input: unknown, expected: unknown])[],
): void {
  expect(rows.map(([input]) => [input, outcome(schema, input)])).toEqual(rows)
}

const wrongType = (code: string) =>
  [null, true, [], ['1'], {}, new Date(0), Symbol('x')].map((input) => [input, [code]] as const)
const absent = [undefined, ['REQUIRED']] as const

describe('integer', () => {
  test('takes numbers and their text, and nothing that Number reads into it', () => {
    table(integer(), [
      ['0', 0],
      ['12', 12],
      ['-12', -12],
      [0, 0],
      [-7, -7],
      ['9007199254740991', Number.MAX_SAFE_INTEGER],
      ['-9007199254740991', Number.MIN_SAFE_INTEGER],
      ['9007199254740993', ['MAX_VALUE']],
      ['-9007199254740993', ['MIN_VALUE']],
      ['9'.repeat(30), ['MAX_VALUE']],
      ['9'.repeat(400), ['INTEGER']],
      [1e300, ['MAX_VALUE']],
      ...[
        '',
        ' ',
        ' 1',
        '1 ',
        '\t1',
        '1\n',
        '+1',
        '-0',
        '--1',
        '-',
        '01',
        '-01',
        '1.0',
        '1.5',
        '.5',
        '1e3',
        '0x10',
        '0b1',
      ].map((input) => [input, ['INTEGER']] as const),
      ...[
        '1_000',
        '1,000',
        '１',
        '٣',
        '१',
        'Infinity',
        'NaN',
        'null',
        'true',
        '1n',
        '١٢',
        '1\0',
        'twelve',
      ].map((input) => [input, ['INTEGER']] as const),
      [1.5, ['INTEGER']],
      [Number.NaN, ['INTEGER']],
      [Number.POSITIVE_INFINITY, ['INTEGER']],
      [1n, ['INTEGER']],
      ...wrongType('INTEGER'),
      absent,
    ])
    expect(Object.is(outcome(integer(), -0), 0)).toBe(true)
  })

  test('keeps to its limits, which it names', () => {
    const page = integer({ min: 1, max: 100 })
    table(page, [
      ['1', 1],
      ['100', 100],
      ['0', ['MIN_VALUE']],
      [101, ['MAX_VALUE']],
      ['-1', ['MIN_VALUE']],
    ])
    expect(outcome(integer({ min: 0, max: 0 }), '0')).toBe(0)
  })

  test.each([
    { min: 1.5 },
    { max: Number.NaN },
    { min: 2, max: 1 },
    { max: 2 ** 53 },
    { min: Number.NEGATIVE_INFINITY },
  ])('cannot be made with %o', (options) =>
    expect(() => integer(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' })),
  )

  test('agrees with Number about all text it takes', () => {
    const piece = fc.oneof(
      fc.maxSafeInteger().map(String),
      fc.string(),
      fc.stringMatching(/^[-+ 0-9.e]{0,20}$/),
    )
    fc.assert(
      fc.property(piece, (input) => {
        const found = outcome(integer(), input)
        if (typeof found === 'number') expect([found, String(found)]).toEqual([Number(input), input])
        else if (/^-?[1-9]\d{0,14}$/.test(input)) expect.fail(`${input} was refused`)
      }),
      { seed: inject('seed') },
    )
  })
})

test('bool takes true and false, and nothing that is like them', () => {
  table(bool(), [
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
    ...['', ' true', 'True', 'TRUE', '1', '0', 'on', 'off', 'yes', 'no', 't', 'null', 0, 1].map(
      (input) => [input, ['BOOL']] as const,
    ),
    [null, ['BOOL']],
    [['true'], ['BOOL']],
    [{}, ['BOOL']],
    absent,
  ])
})

describe('money', () => {
  test('is decimal text with all its decimals', () => {
    table(money(), [
      ['0', '0.00'],
      ['12', '12.00'],
      ['12.5', '12.50'],
      ['12.50', '12.50'],
      ['0.01', '0.01'],
      ['999999999999', '999999999999.00'],
      [12.5, '12.50'],
      [0, '0.00'],
      [-0, '0.00'],
      ['-0', '0.00'],
      ['-0.00', '0.00'],
      ['-0.01', ['MIN_VALUE']],
      ['999999999999.01', ['MAX_VALUE']],
      [0.1 + 0.2, ['MONEY']],
      [1e21, ['MONEY']],
      [Number.NaN, ['MONEY']],
      [Number.POSITIVE_INFINITY, ['MONEY']],
      ...[
        '',
        ' 1',
        '1 ',
        '+1',
        '01',
        '1.',
        '.5',
        '1.234',
        '1,50',
        '1.000,00',
        '1e3',
        '0x10',
        '１',
        '€1',
        '1€',
        'NaN',
        '1\n',
        '--1',
      ].map((input) => [input, ['MONEY']] as const),
      ['9'.repeat(100_000), ['MONEY']],
      [5n, ['MONEY']],
      ...wrongType('MONEY'),
      absent,
    ])
  })

  test('has as many decimals as its currency, and limits that are exact', () => {
    table(money({ decimals: 0 }), [
      ['12', '12'],
      ['12.5', ['MONEY']],
      ['12.0', ['MONEY']],
    ])
    table(money({ decimals: 3 }), [
      ['1.234', '1.234'],
      ['1', '1.000'],
    ])
    table(money({ min: '-10.00', max: '10.05' }), [
      ['-10', '-10.00'],
      ['-10.01', ['MIN_VALUE']],
      ['10.05', '10.05'],
      ['10.06', ['MAX_VALUE']],
    ])
  })

  test('says what it wants', () => {
    const result = safeValidate(money({ min: '1.50' }), '1')
    expect(result.ok ? [] : result.error.issues).toMatchObject([
      { message: 'Must be at least 1.50', params: { min: '1.50' } },
    ])
    const unreadable = safeValidate(money(), 'x')
    expect(unreadable.ok ? [] : unreadable.error.issues).toMatchObject([
      { message: 'Must be an amount, 0.00', params: { expected: '0.00' } },
    ])
  })

  test('says so of a list or a truth value as well, and that an amount is required where there is none', () => {
    for (const input of [['1'], true, null, {}]) {
      const result = safeValidate(money({ decimals: 3 }), input)
      expect(result.ok ? [] : result.error.issues).toMatchObject([
        { code: 'MONEY', message: 'Must be an amount, 0.000', params: { expected: '0.000' } },
      ])
    }
    const absent = safeValidate(money(), undefined)
    expect(absent.ok ? [] : absent.error.issues).toMatchObject([{ code: 'REQUIRED', message: 'Is required' }])
  })

  test.each([
    { decimals: -1 },
    { decimals: 1.5 },
    { decimals: 9 },
    { min: '' },
    { min: '2', max: '1' },
    { max: '1.234' },
  ])('cannot be made with %o', (options) =>
    expect(() => money(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' })),
  )

  test('never changes an amount', () => {
    const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })
    fc.assert(
      fc.property(cents, (amount) => {
        const digits = String(amount < 0n ? -amount : amount).padStart(3, '0')
        const written = `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
        expect(outcome(money({ min: '-1000000000000', max: '1000000000000' }), written)).toBe(written)
      }),
      { seed: inject('seed') },
    )
  })
})

describe('isoDate', () => {
  test('takes days of the calendar, as text', () => {
    table(isoDate(), [
      ['2026-02-28', '2026-02-28'],
      ['2028-02-29', '2028-02-29'],
      ['2000-02-29', '2000-02-29'],
      ['0001-01-01', '0001-01-01'],
      ['9999-12-31', '9999-12-31'],
      ...[
        '',
        '2026-02-29',
        '2026-02-30',
        '1900-02-29',
        '2026-04-31',
        '2026-13-01',
        '2026-00-10',
        '2026-01-00',
        '0000-01-01',
      ].map((input) => [input, ['ISO_DATE']] as const),
      ...[
        '2026-1-1',
        '26-01-01',
        '12026-01-01',
        '+002026-01-01',
        '2026/01/01',
        '01.02.2026',
        '2026-01-01T00:00',
        ' 2026-01-01',
      ].map((input) => [input, ['ISO_DATE']] as const),
      ...['2026-01-01\n', '２026-01-01', '2026-W01', 'today'].map((input) => [input, ['ISO_DATE']] as const),
      [20260101, ['TYPE']],
      [new Date(0), ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test('knows each day of the calendar, and none beside', () => {
    for (let year = 1; year <= 9999; year += year < 2400 && year > 1580 ? 1 : 97) {
      for (let month = 1; month <= 12; month++) {
        for (const day of [1, 28, 29, 30, 31]) {
          const [y, m, d] = [
            String(year).padStart(4, '0'),
            String(month).padStart(2, '0'),
            String(day).padStart(2, '0'),
          ]
          const date = new Date(0)
          date.setUTCFullYear(year, month - 1, day)
          if (v.is(isoDate(), `${y}-${m}-${d}`) !== (date.getUTCDate() === day)) expect.fail(`${y}-${m}-${d}`)
        }
      }
    }
  })
})

describe('text', () => {
  test('takes all writing systems and emoji, and no more than it was told', () => {
    table(text({ max: 5 }), [
      ['', ''],
      ['Žluťo', 'Žluťo'],
      ['日本語です', '日本語です'],
      ['👍👍👍👍👍', '👍👍👍👍👍'],
      ['👍👍👍👍👍👍', ['MAX_LENGTH']],
      ['می‌روم'.slice(0, 5), 'می‌رو'],
      [' a ', ' a '],
      [1, ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test.each([
    ['NUL', 'a\0b'],
    ['a control character', 'a\u001Bb'],
    ['DEL', 'a\u007F'],
    ['a C1 control character', 'a\u0085'],
    ['half of a surrogate pair', 'a\uD83D'],
    ['the other half', '\uDC4Da'],
    ['an override of the direction', 'a\u202Eb'],
    ['a line break', 'a\nb'],
    ['a line separator', 'a\u2028b'],
  ])('refuses %s', (_, input) => expect(outcome(text(), input)).toEqual(['CHARACTERS']))

  test('may have lines where they are allowed', () => {
    table(text({ multiline: true }), [
      ['a\r\n\tb', 'a\r\n\tb'],
      ['a\0', ['CHARACTERS']],
      ['a\u000Bb', ['CHARACTERS']],
    ])
  })

  test('is trimmed only where that was asked for, before it is measured', () => {
    table(text({ trim: true, min: 1, max: 1 }), [
      [' a\n', 'a'],
      ['  ', ['MIN_LENGTH']],
      ['\u00A0a\uFEFF', 'a'],
    ])
  })

  test('nonEmpty has something in it that is not white space', () => {
    table(nonEmpty({ max: 3 }), [
      ['a', 'a'],
      [' a ', ' a '],
      ['', ['NON_EMPTY']],
      ['   ', ['NON_EMPTY']],
      ['\u00A0\u3000', ['NON_EMPTY']],
      ['\u200B\u2060\uFEFF', ['NON_EMPTY']],
      ['\u3164\u00AD', ['NON_EMPTY']],
      ['👩\u200D🚀', '👩\u200D🚀'],
      ['abcd', ['MAX_LENGTH']],
    ])
    table(nonEmpty({ trim: true }), [
      ['  a ', 'a'],
      ['  ', ['NON_EMPTY']],
    ])
    table(nonEmpty({ min: 2 }), [
      ['', ['MIN_LENGTH']],
      [' ', ['MIN_LENGTH', 'NON_EMPTY']],
      ['  ', ['NON_EMPTY']],
    ])
  })

  test.each([
    { min: -1 },
    { max: 1.5 },
    { min: 2, max: 1 },
    { min: Number.NaN },
    { max: Number.POSITIVE_INFINITY },
  ])('cannot be made with %o', (options) => {
    for (const piece of [text, nonEmpty, username, slug, password]) {
      expect(() => piece(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
    }
  })
})

test('email is kept as it was written', () => {
  table(email(), [
    ['Ann.Example+x@Example.co.uk', 'Ann.Example+x@Example.co.uk'],
    ...[
      '',
      'ann',
      'ann@',
      '@example.com',
      'ann@example',
      ' ann@example.com',
      'ann@example.com\n',
      'a@b@example.com',
    ].map((input) => [input, ['EMAIL']] as const),
    [`${'a'.repeat(250)}@example.com`, ['MAX_LENGTH']],
    [null, ['TYPE']],
    absent,
  ])
  table(email({ trim: true }), [[' ann@example.com ', 'ann@example.com']])
})

test('username begins with a letter', () => {
  table(username(), [
    ['john_doe123', 'john_doe123'],
    ['ab', ['MIN_LENGTH']],
    ['a'.repeat(25), ['MAX_LENGTH']],
    ...['123john', '_john', 'john-doe', 'john doe', 'john\n', 'jöhn', 'joh\0n'].map(
      (input) => [input, ['USERNAME']] as const,
    ),
    [null, ['TYPE']],
  ])
})

test('slug has single hyphens inside', () => {
  table(slug({ max: 12 }), [
    ['my-article', 'my-article'],
    ['123', '123'],
    ...['My-Article', 'my_article', 'my--article', '-a', 'a-', 'my article', 'a\n', 'é'].map(
      (input) => [input, ['SLUG']] as const,
    ),
    ['', ['MIN_LENGTH', 'SLUG']],
    ['a'.repeat(13), ['MAX_LENGTH']],
  ])
})

describe('password', () => {
  test('is measured by its length first, in characters, and kept as it was sent', () => {
    table(password(), [
      ['Test123!', 'Test123!'],
      ['  spaces stay  ', '  spaces stay  '],
      ['correct horse battery staple', 'correct horse battery staple'],
      ['x'.repeat(128), 'x'.repeat(128)],
      ['😀'.repeat(128), '😀'.repeat(128)],
      ['x'.repeat(129), ['MAX_LENGTH']],
      ['Test1!', ['MIN_LENGTH']],
      ['😀😀😀😀', ['MIN_LENGTH']],
      ['e\u0301'.repeat(4), 'e\u0301'.repeat(4)],
      ['before\0after', ['CHARACTERS']],
      ['halves\uD83D..', ['CHARACTERS']],
      [12345678, ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test('tells each class that is missing, in any writing system', () => {
    const strong = password({ min: 10, classes: ['lower', 'upper', 'digit', 'special'] })
    table(strong, [
      ['Test12345!', 'Test12345!'],
      ['Žluťoučký-٣', 'Žluťoučký-٣'],
      ['..........', ['PASSWORD_LOWER', 'PASSWORD_UPPER', 'PASSWORD_DIGIT']],
      ['Test123456', ['PASSWORD_SPECIAL']],
      ['Test12345_', 'Test12345_'],
      ['Test123!', ['MIN_LENGTH']],
    ])
    for (const special of '!@#$%^&*(),.?":{}|<>-_ €')
      expect(v.is(password({ classes: ['special'] }), `Abcdefg${special}`)).toBe(true)
    expect(outcome(password({ classes: ['digit', 'digit'] }), 'password')).toEqual(['PASSWORD_DIGIT'])
  })

  test('counts bytes for hashes that look at no more', () => {
    table(password({ maxBytes: 72 }), [
      ['ü'.repeat(36), 'ü'.repeat(36)],
      ['ü'.repeat(37), ['MAX_BYTES']],
    ])
  })

  test.each([{ max: 63 }, { maxBytes: 0 }, { maxBytes: Number.NaN }, { classes: ['toString' as never] }])(
    'cannot be made with %o',
    (options) => expect(() => password(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' })),
  )
})

test('a hundred kilobytes of anything are decided at once', () => {
  const pieces = [
    email(),
    username(),
    slug(),
    password(),
    text(),
    nonEmpty(),
    money(),
    isoDate(),
    integer(),
    bool(),
  ]
  const seeds = [
    'a',
    'a-',
    '-',
    ' ',
    '.',
    '@',
    'a@',
    'a.',
    '0',
    '9',
    '１',
    '\n',
    '\uD83D',
    '😀',
    '(',
    'a_',
    '0-',
    '\0',
    'é',
    '"',
  ]
  for (const seed of seeds) {
    for (const ending of ['', '!', '\n']) {
      const input = seed.repeat(100_000 / seed.length) + ending
      for (const piece of pieces) expect(safeValidate(piece, input).ok).toBe(false)
    }
  }
})

test('whatever comes in, a piece answers, and its output is taken again as it is', () => {
  const pieces = [
    email(),
    username(),
    slug(),
    password(),
    text(),
    nonEmpty(),
    money(),
    isoDate(),
    integer(),
    bool(),
  ]
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), fc.maxSafeInteger()), (input) => {
      for (const piece of pieces) {
        const result = safeValidate(piece, input)
        if (result.ok) expect(outcome(piece, result.value)).toEqual(result.value)
      }
    }),
    { seed: inject('seed') },
  )
})
