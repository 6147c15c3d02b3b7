import * as v from 'valibot'
import { ValidationError } from '../errors.ts'

export interface IntegerOptions {
  /** @default the smallest safe integer */
  readonly min?: number
  /** @default the largest safe integer */
  readonly max?: number
}

/**
 * A whole number, or its text as queries and forms have it.
 *
 * Text is `0` or `-12`, and nothing else that `Number` reads: no spaces, no `+`, no leading zeros, no `1e3`, no `0x10`, no
 * `1.0`, no empty text, no digits of other writing systems. What a double cannot hold exactly is too large. `-0` is 0.
 *
 * @throws ValidationError `WRONG_SETUP` for limits that are no safe integers, or the wrong way round
 */
export function integer({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
}: IntegerOptions = {}): v.GenericSchema<number | string, number> {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new ValidationError(
      'WRONG_SETUP',
      `integer needs whole numbers with min ≤ max, not ${min} and ${max}`,
    )
  }
  const fromText = v.pipe(v.string(), v.regex(/^(?:0|-?[1-9]\d{0,29})$/, 'INTEGER'))
  return v.pipe(
    v.union([v.pipe(v.number(), v.integer('INTEGER')), fromText], 'INTEGER'),
    v.transform((value) => Number(value) + 0),
    v.minValue(min),
    v.maxValue(max),
  )
}
