import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { absent, outcome, table, wrongType } from '../../test/table.ts'
import { safeValidate } from '../validate.ts'
import { money } from './money.ts'

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
