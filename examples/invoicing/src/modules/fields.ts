import { isoDate, nonEmpty } from '@fastkit/validation/valibot'
import * as v from 'valibot'

/** The kinds of fields that several entities have. Messages in capitals are codes, with texts in `translations/`. */
export const text = (max: number) => nonEmpty({ max, trim: true })

export const optionalText = (max: number) =>
  v.optional(v.nullable(nonEmpty({ max, trim: true, multiline: true })))

export const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

/** ISO 4217, three letters. */
export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'CURRENCY_CODE'))

/** A day, `2026-01-31`: inside, its first moment in UTC. */
export const day = v.pipe(
  isoDate(),
  v.transform((text) => new Date(`${text}T00:00:00Z`)),
)

/** The same on its way out. */
export const dayResponse = v.pipe(
  v.date(),
  v.transform((date) => date.toISOString().slice(0, 10)),
  v.string(),
  v.isoDate(),
)
