/** What a client may compare with. `eq` is the bare name, `filter[name]`. */
export type FilterLookup =
  | 'eq'
  | 'in'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'

/** How the text of one query parameter becomes a value. */
export interface FilterField<V, L extends FilterLookup> {
  readonly lookups: readonly L[]
  /** Returns `undefined` for text that is no such value. */
  readonly parse: (text: string) => V | undefined
  /** What `parse` accepts, in words: "a whole number". */
  readonly expected: string
}

/** Text of 1 to 255 characters, taken as it is. */
export function text<const L extends FilterLookup>(lookups: readonly L[]): FilterField<string, L> {
  return { lookups, parse, expected: 'text of 1 to 255 characters, without NUL' }

  function parse(raw: string): string | undefined {
    const storable = !raw.includes('\0') && !/\p{Surrogate}/u.test(raw)
    return raw.length >= 1 && raw.length <= 255 && storable ? raw : undefined
  }
}

/** A whole number, `-12`, that JavaScript holds exactly. */
export function int<const L extends FilterLookup>(lookups: readonly L[]): FilterField<number, L> {
  return { lookups, parse: parseInteger, expected: 'a whole number' }
}

/** `true` or `false`. */
export function bool<const L extends FilterLookup>(lookups: readonly L[]): FilterField<boolean, L> {
  return { lookups, parse, expected: 'true or false' }

  function parse(raw: string): boolean | undefined {
    return raw === 'true' ? true : raw === 'false' ? false : undefined
  }
}

/** A day, `2026-01-31`, which stands for its first moment in UTC, or a moment, `2026-01-31T10:00:00Z`. */
export function date<const L extends FilterLookup>(lookups: readonly L[]): FilterField<Date, L> {
  return { lookups, parse: parseDate, expected: 'a date in ISO 8601' }
}

/** One of the values given. */
export function oneOf<const V extends string, const L extends FilterLookup>(
  values: readonly V[],
  lookups: readonly L[],
): FilterField<V, L> {
  return { lookups, parse, expected: `one of ${values.join(', ')}` }

  function parse(raw: string): V | undefined {
    return values.find((value) => value === raw)
  }
}

/** Reads a decimal integer without sign tricks, blanks, exponents or leading zeros. */
export function parseInteger(raw: string): number | undefined {
  if (!/^(0|-?[1-9]\d{0,15})$/.test(raw)) return undefined
  const number = Number(raw)
  return Number.isSafeInteger(number) ? number : undefined
}

const isoDate =
  /^(\d{4}-(\d{2})-(\d{2}))(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/

function parseDate(raw: string): Date | undefined {
  const day = isoDate.exec(raw)?.[1]
  // The day alone must survive a round trip: JavaScript takes 30 February for 2 March.
  if (day === undefined || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const date = new Date(raw)
  // Beyond these years databases disagree, and PostgreSQL refuses.
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : undefined
}
