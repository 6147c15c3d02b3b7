import { HttpError } from '../errors.ts'
import type { FilterField, JsonSchema } from './fields.ts'
import { type FilterLookup, isListed, maxListed } from './lookups.ts'

/** One parameter of a list, as OpenAPI 3.1 describes it; only `in: 'query'` is missing. */
export interface QueryParameter {
  readonly name: string
  readonly description: string
  readonly schema: JsonSchema
  /** Lists are written by comma. */
  readonly explode?: false
}

/** One filter with one lookup. */
export interface FilterParameter {
  readonly field: FilterField<unknown, FilterLookup>
  readonly lookup: FilterLookup
  /** The key in the repository's filter. */
  readonly key: string
}

/**
 * Every parameter a filter has, by its name in the URL. A Map: `filter[constructor]` finds nothing in it.
 *
 * @throws HttpError `WRONG_SETUP` when two fields would share a parameter
 */
export function filterParameters(
  fields: Readonly<Record<string, FilterField<unknown, FilterLookup>>>,
): ReadonlyMap<string, FilterParameter> {
  const parameters = new Map<string, FilterParameter>()
  for (const [name, field] of Object.entries(fields)) {
    for (const lookup of field.lookups) {
      const key = lookup === 'eq' ? name : `${name}__${lookup}`
      if (parameters.has(`filter[${key}]`))
        throw new HttpError('WRONG_SETUP', `listQuery: two filters are called ${key}`)
      parameters.set(`filter[${key}]`, { field, lookup, key })
    }
  }
  return parameters
}

interface Declared {
  readonly filters: ReadonlyMap<string, FilterParameter>
  readonly sort: readonly string[]
  readonly include: readonly string[]
  readonly paging: 'page' | 'cursor' | 'both'
  readonly perPage: number
  readonly maxPerPage: number
  readonly maxPage: number
}

/** Describes all parameters of a list. */
export function queryParameters(declared: Declared): readonly QueryParameter[] {
  const { filters, sort, include, paging, perPage, maxPerPage, maxPage } = declared
  const page = {
    name: 'page',
    description: 'The page, from 1.',
    schema: { type: 'integer', minimum: 1, maximum: maxPage, ...(paging === 'page' && { default: 1 }) },
  }
  const cursor = {
    name: 'cursor',
    description: 'The `nextCursor` of the page before; empty for the first.',
    schema: { type: 'string' },
  }
  const size = { type: 'integer', minimum: 1, maximum: maxPerPage, default: perPage }
  return [
    ...(paging === 'cursor' ? [] : [page]),
    ...(paging === 'page' ? [] : [cursor]),
    { name: 'perPage', description: 'Rows of a page.', schema: size },
    ...names(
      'sort',
      'Fields to sort by, `-` in front for descending.',
      sort.flatMap((name) => [name, `-${name}`]),
    ),
    ...names('include', 'What rows bring along.', include),
    ...[...filters].map(([name, parameter]) => filterParameter(name, parameter)),
  ]
}

function names(name: string, description: string, values: readonly string[]): QueryParameter[] {
  if (values.length === 0) return []
  const items = { type: 'string', enum: values }
  return [
    { name, description, explode: false, schema: { type: 'array', items, minItems: 1, uniqueItems: true } },
  ]
}

function filterParameter(name: string, { field, lookup }: FilterParameter): QueryParameter {
  const description = `${descriptions[lookup]} ${lookup === 'is_null' ? '' : field.expected}`.trim()
  if (lookup === 'is_null') return { name, description, schema: { type: 'boolean' } }
  if (!isListed(lookup)) return { name, description, schema: field.schema }
  const [minItems, maxItems] = lookup === 'between' ? [2, 2] : [1, maxListed]
  return {
    name,
    description,
    explode: false,
    schema: { type: 'array', items: field.schema, minItems, maxItems },
  }
}

/** Each goes before what the field expects: "Equal to a whole number". */
const descriptions: Readonly<Record<FilterLookup, string>> = {
  eq: 'Equal to',
  ne: 'Not equal to',
  in: 'One of a list, each',
  not_in: 'None of a list, each',
  is_null: 'Empty, or not empty',
  lt: 'Below',
  lte: 'At most',
  gt: 'Above',
  gte: 'At least',
  between: 'Between two values, both included, each',
  contains: 'Contains',
  icontains: 'Contains, in capitals too,',
  startswith: 'Begins with',
  istartswith: 'Begins, in capitals too, with',
  endswith: 'Ends with',
  iendswith: 'Ends, in capitals too, with',
  iexact: 'Equal, in capitals too, to',
}
