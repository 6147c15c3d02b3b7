import type { FieldMetadata } from '../metadata/metadata.ts'
import { textLookups } from './condition.ts'

const equality = ['eq', 'ne', 'is_null']
const membership = [...equality, 'in', 'not_in']
const ordered = [...membership, 'lt', 'lte', 'gt', 'gte', 'between']
const text = [...ordered, ...textLookups]

/** The lookups of a column, by its type. None at all: it cannot be compared the same way on every database. */
export function lookupsOf(
  { kind, type, list, nativeType }: FieldMetadata,
  translated: boolean,
): readonly string[] {
  if (translated) return text
  if (list || kind === 'unsupported' || kind === 'relation') return []
  if (kind === 'enum' || type === 'Boolean') return membership
  if (type === 'Json' || type === 'Bytes') return equality
  return type === 'String' && nativeType !== 'Uuid' ? text : ordered
}

/** A relation can be asked for as a whole: `author__is_null`, `labels__every: { … }`. */
export function relationLookupsOf({ list }: FieldMetadata): readonly string[] {
  return list ? ['is_null', 'some', 'every', 'none'] : ['is_null', 'some', 'none']
}

/** A field one can sort by: it has an order, and the same one on every database. */
export function isSortable(field: FieldMetadata, translated: boolean): boolean {
  if (translated) return true
  return lookupsOf(field, false).includes('in')
}
