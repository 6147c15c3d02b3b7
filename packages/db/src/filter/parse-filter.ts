import { DbError } from '../errors.ts'
import type { FieldMetadata, Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { type Condition, type FilterOptions, isTranslated, type Related } from './condition.ts'
import { fieldAt } from './field-at.ts'
import { isPlainObject } from './json.ts'
import { lookupsOf, relationLookupsOf } from './lookups.ts'
import { modelOf } from './model-of.ts'
import { comparison } from './parse-comparison.ts'

/** Groups and relations within each other. Databases refuse expressions far deeper than that. */
const maxDepth = 10
/** Comparisons and groups in one filter. */
const maxParts = 200
/** Characters in a key: any path that is not too deep. */
const maxKey = 1000

/**
 * Turns a filter into a condition: `{ views__gte: 10, author__name__icontains: 'ann', '~any': [{ … }, { … }] }`.
 *
 * Keys are AND-ed. A path leads over relations to any field; over a to-many relation it means some related row, each
 * key a row of its own: `labels__some: { … }` asks for one that fulfils all. A bare name means equality, null
 * included. At most 10 levels deep, 200 comparisons, and 40,000 values in a list.
 *
 * @throws DbError `UNKNOWN_MODEL`, `UNKNOWN_FIELD`, `UNKNOWN_LOOKUP`, `FILTER_VALUE`
 */
export function parseFilter(
  metadata: Metadata,
  model: string,
  filter: unknown,
  options: FilterOptions = {},
): Condition {
  return group(
    { metadata, options, parts: { left: maxParts } },
    { model: modelOf(metadata, model), depth: 0 },
    filter,
  )
}

interface Parsing {
  readonly metadata: Metadata
  readonly options: FilterOptions
  readonly parts: { left: number }
}

interface Place {
  readonly model: ModelMetadata
  readonly depth: number
}

function group(parsing: Parsing, place: Place, filter: unknown): Condition {
  countPart(parsing, place)
  if (!isPlainObject(filter)) throw refused('A filter is a plain object of "field__lookup" keys')
  const of = Object.keys(filter).map((key) => {
    const value = filter[key]
    if (key === '~all' || key === '~any') return groups(parsing, place, { key, value })
    if (key === '~not') return { kind: 'not', of: group(parsing, deeper(place), value) } as const
    if (key.length > maxKey) throw refused(`A key of a filter has at most ${maxKey} characters`)
    return pathCondition(parsing, place, { key, path: key, value })
  })
  return of.length === 1 ? (of[0] as Condition) : { kind: 'all', of }
}

function groups(
  parsing: Parsing,
  place: Place,
  { key, value }: { key: '~all' | '~any'; value: unknown },
): Condition {
  if (!Array.isArray(value)) throw refused(`"${key}" takes a list of filters`)
  if (value.length > parsing.parts.left) throw tooMany()
  const of = value.map((item) => group(parsing, deeper(place), item))
  return { kind: key === '~all' ? 'all' : 'any', of }
}

interface Entry {
  readonly key: string
  /** What is left of the key at this model: `name__eq` of `author__name__eq`. */
  readonly path: string
  readonly value: unknown
}

function pathCondition(parsing: Parsing, place: Place, { key, path, value }: Entry): Condition {
  countPart(parsing, place)
  const { options } = parsing
  const found = fieldAt(place.model, path, (field) => isFilterable(field, options))
  if (!found) throw unknownField(place.model, key, options)
  const { field, rest } = found
  const { relation } = field
  if (!relation) {
    const translated = isTranslated(field, options)
    const lookup = rest ?? 'eq'
    const known = lookupsOf(field, translated)
    if (!known.includes(lookup)) throw unknownLookup(field, lookup, known)
    return comparison({ field, lookup, value, translated })
  }
  if (rest === undefined) throw unknownLookup(field, 'eq', relationLookupsOf(field))
  const related = (quantifier: Related['quantifier'], of: Condition): Related => ({
    kind: 'related',
    relation,
    field,
    quantifier,
    of,
  })
  const target = deeper({ ...place, model: modelOf(parsing.metadata, relation.target) })
  // A field of the target that is called like one of the lookups is reached by the path; the lookup by the group.
  if (!relationLookupsOf(field).includes(rest)) {
    return related('some', pathCondition(parsing, target, { key, path: rest, value }))
  }
  if (rest !== 'is_null') return related(rest as Related['quantifier'], group(parsing, target, value))
  if (typeof value !== 'boolean')
    throw refused(`${field.model}.${field.name} with "is_null" takes true or false`)
  return related(value ? 'none' : 'some', { kind: 'all', of: [] })
}

function isFilterable(field: FieldMetadata, options: FilterOptions): boolean {
  return field.relation !== undefined || lookupsOf(field, isTranslated(field, options)).length > 0
}

function unknownField(model: ModelMetadata, key: string, options: FilterOptions): DbError {
  const names = [...model.fields.values()]
    .filter((field) => isFilterable(field, options))
    .map(({ name }) => name)
  return new DbError(
    'UNKNOWN_FIELD',
    `${model.name} cannot be filtered by ${JSON.stringify(key)}; its fields: ${names.join(', ')}`,
  )
}

function deeper({ model, depth }: Place): Place {
  return { model, depth: depth + 1 }
}

function countPart({ parts }: Parsing, { depth }: Place): void {
  if (depth > maxDepth) throw refused(`A filter goes at most ${maxDepth} levels deep`)
  parts.left -= 1
  if (parts.left < 0) throw tooMany()
}

function tooMany(): DbError {
  return refused(`A filter has at most ${maxParts} comparisons and groups`)
}

function refused(message: string): DbError {
  return new DbError('FILTER_VALUE', message)
}

function unknownLookup(field: FieldMetadata, lookup: string, known: readonly string[]): DbError {
  return new DbError(
    'UNKNOWN_LOOKUP',
    `${field.model}.${field.name} has no lookup ${JSON.stringify(lookup)}; it has: ${known.join(', ')}`,
  )
}
