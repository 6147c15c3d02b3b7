import * as v from 'valibot'

/** The kinds of fields that several entities have. */
export const text = (maxLength: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(maxLength))

export const optionalText = (maxLength: number) => v.optional(v.nullable(text(maxLength)))

export const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

/** ISO 4217, three letters. */
export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))

/** A day, `2026-01-31`: inside, its first moment in UTC. */
export const day = v.pipe(v.string(), v.check(isDay, 'Must be a day, YYYY-MM-DD'), v.transform(startOf))

/** JavaScript takes 30 February for 2 March. */
function isDay(text: string): boolean {
  return /^\d{4}-/.test(text) && text >= '0001' && startOf(text).toJSON()?.slice(0, 10) === text
}

function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The same on its way out. */
export const dayResponse = v.pipe(
  v.date(),
  v.transform((date) => date.toISOString().slice(0, 10)),
  v.string(),
  v.isoDate(),
)
