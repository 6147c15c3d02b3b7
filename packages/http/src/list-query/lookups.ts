import type { FilterField } from './fields.ts'

/** Equal or not, one of several or none of them, there or not. */
export type MembershipLookup = 'eq' | 'ne' | 'in' | 'not_in' | 'is_null'

/** Besides, before and after. `between` includes both ends. */
export type OrderedLookup = MembershipLookup | 'lt' | 'lte' | 'gt' | 'gte' | 'between'

/** Besides, parts of a text; the twins with an `i` take capitals for small letters. */
export type TextLookup =
  | OrderedLookup
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'
  | 'endswith'
  | 'iendswith'
  | 'iexact'

/**
 * What a client may compare with. `eq` is the bare name, `filter[name]`. Patterns, `like`, are none of them: a client's
 * pattern can keep a database busy.
 */
export type FilterLookup = TextLookup

/** What comes out of one lookup. */
export type LookupValue<V, L extends FilterLookup> = L extends 'in' | 'not_in'
  ? V[]
  : L extends 'between'
    ? [V, V]
    : L extends 'is_null'
      ? boolean
      : V

/** The most values one `in` may list. */
export const maxListed = 100

/** Tells whether the parameter of a lookup lists values, by comma. */
export function isListed(lookup: FilterLookup): boolean {
  return lookup === 'in' || lookup === 'not_in' || lookup === 'between'
}

type LookupRead =
  | { readonly value: unknown }
  | { readonly code: 'TYPE'; readonly expected: string }
  | { readonly code: 'TOO_MANY' }

/** Reads the text of one parameter as its lookup takes it, or says what is wrong with it. */
export function readLookup(
  field: FilterField<unknown, FilterLookup>,
  lookup: FilterLookup,
  text: string,
): LookupRead {
  if (lookup === 'is_null') {
    return text === 'true' || text === 'false'
      ? { value: text === 'true' }
      : { code: 'TYPE', expected: 'true or false' }
  }
  if (!isListed(lookup)) {
    const value = field.parse(text)
    return value === undefined ? { code: 'TYPE', expected: field.expected } : { value }
  }
  const texts = text.split(',', maxListed + 1)
  if (texts.length > maxListed && lookup !== 'between') return { code: 'TOO_MANY' }
  const values = texts.map(field.parse)
  if (values.includes(undefined) || (lookup === 'between' && values.length !== 2)) {
    const list = lookup === 'between' ? 'two values' : 'a list of values'
    return { code: 'TYPE', expected: `${list}, each ${field.expected}` }
  }
  return { value: values }
}
