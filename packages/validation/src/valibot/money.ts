import * as v from 'valibot'
import { ValidationError } from '../errors.ts'

export interface MoneyOptions {
  /** Digits after the point, 0 to 8; an input may have fewer. @default 2 */
  readonly decimals?: number
  /** @default '0' */
  readonly min?: string
  /** @default '999999999999' */
  readonly max?: string
}

/**
 * An amount as decimal text that is never made a double: `'12.5'` gives `'12.50'`, ready for a decimal column. A number
 * is taken for what it prints, so `0.1 + 0.2` has too many decimals.
 *
 * Amounts below zero have to be allowed by `min`. No spaces, no thousands, no `+`, no leading zeros, no `1e3`, no `.5` or
 * `5.`, no currency. `-0` is 0.
 *
 * @throws ValidationError `WRONG_SETUP` for limits that are no amounts, or the wrong way round
 */
export function money({
  decimals = 2,
  min = '0',
  max = '999999999999',
}: MoneyOptions = {}): v.GenericSchema<string | number, string> {
  const { least, most } = limitsOf(decimals, min, max)
  return v.pipe(
    Object.assign(v.union([v.string(), v.number()], 'MONEY'), { expects: textOf(0n, decimals) }),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const units = unitsOf(String(dataset.value), decimals)
      if (units === undefined) addIssue({ message: 'MONEY', expected: textOf(0n, decimals) })
      else if (units < least) addIssue({ message: 'MIN_VALUE', expected: `>=${min}` })
      else if (units > most) addIssue({ message: 'MAX_VALUE', expected: `<=${max}` })
      return units === undefined ? NEVER : textOf(units, decimals)
    }),
  )
}

function limitsOf(decimals: number, min: string, max: string): { least: bigint; most: bigint } {
  const possible = Number.isInteger(decimals) && decimals >= 0 && decimals <= 8
  const [least, most] = possible ? [unitsOf(min, decimals), unitsOf(max, decimals)] : []
  if (least !== undefined && most !== undefined && least <= most) return { least, most }
  const message = `money needs 0 to 8 decimals and amounts with min ≤ max, not ${decimals}, ${min} and ${max}`
  throw new ValidationError('WRONG_SETUP', message)
}

/** The amount in its smallest unit, cents for two decimals. */
function unitsOf(text: string, decimals: number): bigint | undefined {
  const [, sign, whole = '', fraction = ''] = /^(-?)(0|[1-9]\d{0,29})(?:\.(\d{1,8}))?$/.exec(text) ?? []
  if (sign === undefined || fraction.length > decimals) return undefined
  const units = BigInt(whole + fraction.padEnd(decimals, '0'))
  return sign === '-' ? -units : units
}

function textOf(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0')
  const [whole, fraction] = [
    digits.slice(0, digits.length - decimals),
    digits.slice(digits.length - decimals),
  ]
  return `${units < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${fraction}`}`
}
