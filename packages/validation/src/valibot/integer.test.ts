import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { absent, outcome, table, wrongType } from '../../test/table.ts'
import { integer } from './integer.ts'

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
