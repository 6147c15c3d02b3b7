import fc from 'fast-check'
import type { FilterOptions } from '../../src/filter/condition.ts'
import { isTextLookup, isTranslated } from '../../src/filter/condition.ts'
import { isSortable, lookupsOf } from '../../src/filter/lookups.ts'
import type { FieldMetadata, Metadata, ModelMetadata } from '../../src/metadata/metadata.ts'
import { words } from './notes.ts'

/** What random filters are made of. */
export interface Making {
  readonly metadata: Metadata
  readonly options: FilterOptions
  readonly pool: Readonly<Record<string, readonly unknown[]>>
}

/** Any filter the grammar knows, up to a depth, with values that are likely to match something. */
export function randomFilter(making: Making, model: string, depth: number): fc.Arbitrary<object> {
  return fc
    .array(entry(making, model, depth), { minLength: 1, maxLength: 2 })
    .map((entries) => Object.fromEntries(entries))
}

type Entry = readonly [key: string, value: unknown]

function entry(making: Making, name: string, depth: number): fc.Arbitrary<Entry> {
  const model = making.metadata.models.get(name) as ModelMetadata
  const fields = [...model.fields.values()]
  const columns = fields.filter((field) => lookupsOf(field, isTranslated(field, making.options)).length > 0)
  const own = fc.constantFrom(...columns).chain((field) => lookup(making, field))
  if (depth === 0) return own
  const related = fc
    .constantFrom(...fields.filter((field) => field.relation))
    .chain((field) => relation(making, field, depth))
  const filter = fc.constant(null).chain(() => randomFilter(making, name, depth - 1))
  const groups = fc.tuple(fc.constantFrom('~any', '~all'), fc.array(filter, { maxLength: 3 }))
  const negation = filter.map((value): Entry => ['~not', value])
  return fc.oneof(own, { arbitrary: related, weight: 2 }, groups, negation)
}

function relation(making: Making, field: FieldMetadata, depth: number): fc.Arbitrary<Entry> {
  const isNull = fc.boolean().map((value): Entry => [`${field.name}__is_null`, value])
  const path = entry(making, field.type, depth - 1)
    .filter(([key]) => !key.startsWith('~'))
    .map(([key, value]): Entry => [`${field.name}__${key}`, value])
  const whole = fc.tuple(
    fc.constantFrom(...(field.list ? ['some', 'every', 'none'] : ['some', 'none'])),
    randomFilter(making, field.type, depth - 1),
  )
  return fc.oneof(
    { arbitrary: isNull, weight: 1 },
    { arbitrary: path, weight: 3 },
    { arbitrary: whole.map(([word, value]): Entry => [`${field.name}__${word}`, value]), weight: 2 },
  )
}

/** JSON text on MariaDB is equal to the same text with spaces after it, as in most of its collations. */
function lookup({ pool, options }: Making, field: FieldMetadata): fc.Arbitrary<Entry> {
  const translated = isTranslated(field, options)
  const values = translated ? words : (pool[field.type] as unknown[])
  return fc.constantFrom(...lookupsOf(field, translated)).chain((name) => {
    const fair =
      translated && !isTextLookup(name) ? values.filter((word) => !String(word).endsWith(' ')) : values
    return value(name, fc.constantFrom(...fair)).map((found): Entry => [`${field.name}__${name}`, found])
  })
}

function value(name: string, one: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (name === 'is_null') return fc.boolean()
  if (name === 'in' || name === 'not_in') return fc.array(fc.option(one, { freq: 6 }), { maxLength: 4 })
  if (name === 'between') return fc.tuple(one, one)
  if (name === 'like' || name === 'ilike')
    return fc
      .array(fc.constantFrom('%', '_', '\\%', '\\_', '\\\\', ...words), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(''))
  if (isTextLookup(name)) return one
  return name === 'eq' || name === 'ne' ? fc.option(one, { freq: 6 }) : one
}

/** Some fields to sort by, over to-one relations too, in any mixture of directions. */
export function randomOrder({ metadata, options }: Making, model: string): fc.Arbitrary<string[]> {
  const names = sortable(model, 2)
  return fc
    .array(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...names)), { minLength: 1, maxLength: 4 })
    .map((order) => order.map(([sign, name]) => sign + name))

  function sortable(name: string, depth: number): string[] {
    return [...(metadata.models.get(name) as ModelMetadata).fields.values()].flatMap((field) => {
      if (!field.relation) return isSortable(field, isTranslated(field, options)) ? [field.name] : []
      return field.list || depth === 0
        ? []
        : sortable(field.type, depth - 1).map((rest) => `${field.name}__${rest}`)
    })
  }
}
