import type { FieldMetadata, RelationMetadata } from '../metadata/metadata.ts'

/**
 * A filter that was checked: plain data that names only columns and relations that exist, and holds only values their
 * columns can hold.
 *
 * Its logic is two-valued: a comparison with NULL is false, and `not` makes it true. `ne`, `not_in`, `between` and a
 * null among the values are spelled with these few, so that a compiler has little to get wrong.
 */
export type Condition = AllOf | AnyOf | Not | Comparison | Related

export interface AllOf {
  readonly kind: 'all'
  /** None at all is true. */
  readonly of: readonly Condition[]
}

export interface AnyOf {
  readonly kind: 'any'
  /** None at all is false. */
  readonly of: readonly Condition[]
}

export interface Not {
  readonly kind: 'not'
  readonly of: Condition
}

export interface Comparison {
  readonly kind: 'compare'
  readonly field: FieldMetadata
  readonly lookup: Comparer
  /** Never null or undefined. A list without duplicates for `in`, a boolean for `is_null`, text for text. */
  readonly value: unknown
  /** The column holds one text per locale: what counts is the text that would be read. */
  readonly translated: boolean
  /** Where its text is looked for, in turn. @default as everywhere in the statement */
  readonly locales?: readonly string[]
}

export interface Related {
  readonly kind: 'related'
  readonly relation: RelationMetadata
  /** The field of the relation. */
  readonly field: FieldMetadata
  /** How many of the related rows: at least one, all, or none. A to-one relation has at most one. */
  readonly quantifier: 'some' | 'every' | 'none'
  readonly of: Condition
}

export type Comparer = 'eq' | 'in' | 'lt' | 'lte' | 'gt' | 'gte' | 'is_null' | TextLookup

export type TextLookup = (typeof textLookups)[number]

export const textLookups = [
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'iexact',
  'like',
  'ilike',
] as const

export function isTextLookup(lookup: string): lookup is TextLookup {
  return textLookups.some((name) => name === lookup)
}

/** What a caller may say of models beyond their schema. */
export interface FilterOptions {
  /** The Json fields that hold one text per locale, by model. */
  readonly translatable?: ReadonlyMap<string, ReadonlySet<string>>
}

export function isTranslated({ model, name }: FieldMetadata, { translatable }: FilterOptions): boolean {
  return translatable?.get(model)?.has(name) ?? false
}
