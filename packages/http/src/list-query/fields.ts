import type { StandardSchemaV1 } from '@standard-schema/spec'
import { HttpError } from '../errors.ts'
import type { FilterLookup, MembershipLookup, OrderedLookup, TextLookup } from './lookups.ts'

/** How the text of one query parameter becomes a value. */
export interface FilterField<V, L extends FilterLookup> {
  readonly lookups: readonly L[]
  /** Returns `undefined` for text that is no such value. */
  readonly parse: (text: string) => V | undefined
  /** What `parse` accepts, in words: "a whole number". */
  readonly expected: string
  /** What `parse` accepts, as JSON Schema. */
  readonly schema: JsonSchema
}

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Text of 1 to 255 characters, taken as it is. */
export function text<const L extends TextLookup>(lookups: readonly L[]): FilterField<string, L> {
  return {
    lookups,
    parse: (raw) => (raw.length >= 1 && raw.length <= 255 ? raw : undefined),
    expected: 'text of 1 to 255 characters',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }
}

/** A whole number, `-12`, that JavaScript holds exactly. */
export function int<const L extends OrderedLookup>(lookups: readonly L[]): FilterField<number, L> {
  const { MIN_SAFE_INTEGER: minimum, MAX_SAFE_INTEGER: maximum } = Number
  return {
    lookups,
    parse: parseInteger,
    expected: 'a whole number',
    schema: { type: 'integer', minimum, maximum },
  }
}

/** A decimal, `-12.50`, of up to 30 digits on either side of the point. It stays text, so that no digit is lost. */
export function decimal<const L extends OrderedLookup>(lookups: readonly L[]): FilterField<string, L> {
  const pattern = '^(?!-0(\\.0+)?$)-?(0|[1-9]\\d{0,29})(\\.\\d{1,30})?$'
  const matches = new RegExp(pattern)
  return {
    lookups,
    parse: (raw) => (matches.test(raw) ? raw : undefined),
    expected: 'a decimal number, such as 12.50',
    schema: { type: 'string', format: 'decimal', pattern },
  }
}

/** `true` or `false`. */
export function bool<const L extends MembershipLookup>(lookups: readonly L[]): FilterField<boolean, L> {
  return { lookups, parse, expected: 'true or false', schema: { type: 'boolean' } }

  function parse(raw: string): boolean | undefined {
    return raw === 'true' ? true : raw === 'false' ? false : undefined
  }
}

/** A day, `2026-01-31`, which stands for its first moment in UTC, or a moment, `2026-01-31T10:00:00Z`. */
export function date<const L extends OrderedLookup>(lookups: readonly L[]): FilterField<Date, L> {
  return {
    lookups,
    parse: parseDate,
    expected: 'a date in ISO 8601',
    schema: { type: 'string', pattern: isoDate.source, anyOf: [{ format: 'date' }, { format: 'date-time' }] },
  }
}

/** A UUID of any version, in small letters when it comes out. */
export function uuid<const L extends OrderedLookup>(lookups: readonly L[]): FilterField<string, L> {
  return {
    lookups,
    parse: (raw) => (isUuid.test(raw) ? raw.toLowerCase() : undefined),
    expected: 'a UUID',
    schema: { type: 'string', format: 'uuid' },
  }
}

/** One of the values given. */
export function oneOf<const V extends string, const L extends MembershipLookup>(
  values: readonly V[],
  lookups: readonly L[],
): FilterField<V, L> {
  return {
    lookups,
    parse: (raw) => values.find((value) => value === raw),
    expected: `one of ${values.join(', ')}`,
    schema: { type: 'string', enum: values },
  }
}

export interface FieldOptions {
  /** What the schema accepts, in words that end "Must be …". @default 'a valid value' */
  readonly expected?: string
  /** What the schema accepts, as JSON Schema. @default any text */
  readonly schema?: JsonSchema
}

/**
 * Whatever a schema makes of the text: `field(v.pipe(v.string(), v.digits(), v.transform(BigInt)), ['gte'])`.
 *
 * Its messages are not used, since they may repeat the value; a value of `undefined` counts as refused. It must be
 * synchronous: else every request throws HttpError `WRONG_SETUP`.
 */
export function field<V, const L extends FilterLookup>(
  schema: StandardSchemaV1<string, V>,
  lookups: readonly L[],
  { expected = 'a valid value', schema: described = { type: 'string' } }: FieldOptions = {},
): FilterField<V, L> {
  return { lookups, parse, expected, schema: described }

  function parse(raw: string): V | undefined {
    const result = schema['~standard'].validate(raw)
    if (result instanceof Promise)
      throw new HttpError('WRONG_SETUP', 'The schema of a filter must be synchronous')
    return result.issues ? undefined : result.value
  }
}

/** Reads a decimal integer without sign tricks, blanks, exponents or leading zeros. */
export function parseInteger(raw: string): number | undefined {
  if (!/^(0|-?[1-9]\d{0,15})$/.test(raw)) return undefined
  const number = Number(raw)
  return Number.isSafeInteger(number) ? number : undefined
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const isoDate =
  /^((?!0000)\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/

function parseDate(raw: string): Date | undefined {
  const day = isoDate.exec(raw)?.[1]
  // The day alone must survive a round trip: JavaScript takes 30 February for 2 March.
  if (day === undefined || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const date = new Date(raw)
  // Beyond these years databases disagree, and PostgreSQL refuses.
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : undefined
}
