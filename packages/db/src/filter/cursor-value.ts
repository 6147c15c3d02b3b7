import { plainDecimal } from './decimal.ts'
import type { SortStep } from './parse-order.ts'
import { fits } from './value.ts'

/**
 * The value of a row for one step of an order, as JSON keeps it: dates as the text of the database, decimals and big
 * integers as digits, enums as their place in the declaration.
 */
export type CursorValue = string | number | boolean | null

/** Turns what a driver returned into the value of a cursor: each has types of its own for the same column. */
export function cursorValueOf({ field, translated }: SortStep, value: unknown): CursorValue {
  if (value === null || value === undefined) return null
  if (translated) return String(value)
  if (field.enumValues || field.type === 'Int' || field.type === 'Float') return Number(value)
  if (field.type === 'Boolean') return Boolean(value)
  return field.type === 'Decimal' ? plainDecimal(value) : String(value)
}

/** Turns the value of a cursor back into one to compare with. Undefined: it never was one. */
export function readCursorValue({ field, translated }: SortStep, value: CursorValue): unknown {
  if (translated) return checked(fits(field, value, true), value)
  if (field.enumValues) {
    return checked(
      Number.isInteger(value) && Number(value) >= 0 && Number(value) < field.enumValues.size,
      value,
    )
  }
  if (field.type === 'DateTime')
    return checked(typeof value === 'string' && /^[\dT:.+ -]{1,40}Z?$/.test(value), value)
  if (field.type === 'BigInt') {
    const whole = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined
    return checked(fits(field, whole, false), whole)
  }
  return checked(fits(field, value, false), value)
}

function checked(fitting: boolean, value: unknown): unknown {
  return fitting ? value : undefined
}
