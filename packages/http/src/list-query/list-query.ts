import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { HttpError } from '../errors.ts'
import { type FilterField, type FilterLookup, parseInteger } from './fields.ts'

/** Everything a client may ask of a list. What is not named here is refused. */
export interface ListQueryOptions<Fields, Sort extends string> {
  /** Fields and lookups to filter by. @default none */
  readonly filter?: Fields
  /** Fields to sort by, in either direction. @default none */
  readonly sort?: readonly Sort[]
  /** @default 20, or `maxPerPage` if that is less */
  readonly perPage?: number
  /** @default 100 */
  readonly maxPerPage?: number
}

/** What the client asked for, in the words of a repository. */
export interface ListRequest<Filter, Sort extends string> {
  page: number
  perPage: number
  filter: Filter
  orderBy: (Sort | `-${Sort}`)[]
}

/**
 * Reads `?filter[name__startswith]=A&sort=-createdAt,name&page=2&perPage=20`.
 *
 * It is a Standard Schema, so any validator takes it: `validated('query', clientList)`.
 */
export interface ListQuery<Fields, Sort extends string>
  extends StandardSchemaV1<ListParameters<Fields>, ListRequest<FilterOf<Fields>, Sort>> {
  /**
   * Parses query parameters, as Hono's `c.req.queries()` gives them: a list of texts for each, or one text.
   *
   * @throws HttpError `VALIDATION_FAILED` with an issue for each parameter that is wrong
   */
  parse(query: Readonly<Record<string, unknown>>): ListRequest<FilterOf<Fields>, Sort>
}

export type AnyFields = Readonly<Record<string, FilterField<unknown, FilterLookup>>>

/** Parameters as a client writes them. */
export type ListParameters<Fields> = { page?: string; perPage?: string; sort?: string } & {
  [K in keyof FilterOf<Fields> & string as `filter[${K}]`]?: string
}

/** The filter that comes out, `{ name?: string; name__startswith?: string }`. */
export type FilterOf<Fields> = {
  [E in Entries<Fields> as E['key']]?: E['value']
}

type Entries<Fields> = {
  [K in keyof Fields & string]: Fields[K] extends FilterField<infer V, infer L>
    ? { [P in L]: { key: P extends 'eq' ? K : `${K}__${P}`; value: P extends 'in' ? V[] : V } }[L]
    : never
}[keyof Fields & string]

/** More than anyone reads, and a bound on what a hostile query can make us answer. */
const maxIssues = 20

/** The most values an `in` may list. */
const maxListed = 100

/** Declares what a client may ask of a list. Nothing else gets through, and nothing gets through unparsed. */
export function listQuery<const Fields extends AnyFields = {}, const Sort extends string = never>(
  options: ListQueryOptions<Fields, Sort>,
): ListQuery<Fields, Sort> {
  const { filter = {} as Fields, sort = [], maxPerPage = 100 } = options
  const { perPage: defaultPerPage = Math.min(20, maxPerPage) } = options
  if (defaultPerPage > maxPerPage) throw new HttpError('WRONG_SETUP', 'perPage is above maxPerPage')
  const filters = filterParameters(filter)
  const known = ['page', 'perPage', ...(sort.length > 0 ? ['sort'] : []), ...filters.keys()]

  return { parse, '~standard': { version: 1, vendor: 'fastkit', validate: read } }

  function parse(query: Readonly<Record<string, unknown>>): ListRequest<FilterOf<Fields>, Sort> {
    const result = read(query)
    if (result.issues === undefined) return result.value
    throw new HttpError('VALIDATION_FAILED', 'The input is not valid', { issues: result.issues })
  }

  function read(query: unknown): Result<ListRequest<FilterOf<Fields>, Sort>> {
    const issues: ListIssue[] = []
    const request: { page: number; perPage: number; filter: object; orderBy: string[] } = {
      page: 1,
      perPage: defaultPerPage,
      filter: {},
      orderBy: [],
    }
    for (const [name, value] of Object.entries(query ?? {})) {
      if (issues.length === maxIssues) break
      const [text, ...more] = [value].flat()
      if (typeof text !== 'string' || more.length > 0)
        issues.push(issue(name, 'REPEATED', 'Must be given once'))
      else readParameter(name, text)
    }
    return issues.length > 0 ? { issues } : { value: request as never }

    function readParameter(name: string, value: string): void {
      const field = filters.get(name)
      if (name === 'page')
        request.page = integer(name, value, Math.floor(Number.MAX_SAFE_INTEGER / maxPerPage))
      else if (name === 'perPage') request.perPage = integer(name, value, maxPerPage)
      else if (name === 'sort' && sort.length > 0) request.orderBy = readSort(value)
      else if (field) request.filter = { ...request.filter, [field.key]: readFilter(name, value, field) }
      else issues.push(issue(name, 'UNKNOWN_PARAMETER', 'Is not a parameter of this list', { known }))
    }

    function integer(name: string, value: string, max: number): number {
      const number = parseInteger(value)
      if (number !== undefined && number >= 1 && number <= max) return number
      issues.push(issue(name, 'RANGE', `Must be a whole number from 1 to ${max}`, { min: 1, max }))
      return 1
    }

    function readSort(value: string): string[] {
      const entries = value.split(',')
      const names = entries.map((entry) => entry.replace(/^-/, ''))
      const unknown = names.filter((name) => !sort.some((allowed) => allowed === name))
      if (unknown.length > 0) {
        issues.push(issue('sort', 'UNKNOWN_FIELD', `Can be: ${sort.join(', ')}`, { known: sort }))
      } else if (new Set(names).size < names.length) {
        issues.push(issue('sort', 'REPEATED', 'Must name each field once'))
      }
      return entries
    }

    function readFilter(name: string, value: string, { field, lookup }: FilterParameter): unknown {
      const texts = lookup === 'in' ? value.split(',', maxListed + 1) : [value]
      const values = texts.map(field.parse)
      if (values.includes(undefined)) {
        issues.push(
          issue(name, 'TYPE', `Must be ${lookup === 'in' ? 'a list of values, each ' : ''}${field.expected}`),
        )
      } else if (values.length > maxListed) {
        issues.push(issue(name, 'TOO_MANY', `Must list at most ${maxListed} values`, { max: maxListed }))
      }
      return lookup === 'in' ? values : values[0]
    }
  }
}

type Result<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly ListIssue[] }

interface ListIssue extends Issue {
  readonly message: string
}

interface FilterParameter {
  readonly field: FilterField<unknown, FilterLookup>
  readonly lookup: FilterLookup
  /** The key in the repository's filter. */
  readonly key: string
}

/** Every parameter a filter has, by its name in the URL. A Map: `filter[constructor]` finds nothing in it. */
function filterParameters(fields: AnyFields): ReadonlyMap<string, FilterParameter> {
  return new Map(
    Object.entries(fields).flatMap(([name, field]) =>
      field.lookups.map((lookup) => {
        const key = lookup === 'eq' ? name : `${name}__${lookup}`
        return [`filter[${key}]`, { field, lookup, key }] as const
      }),
    ),
  )
}

function issue(name: string, code: string, message: string, params?: Record<string, unknown>): ListIssue {
  return { path: [name], code, message, ...(params && { params }) }
}
