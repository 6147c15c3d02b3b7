import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { HttpError } from '../errors.ts'
import { type FilterField, parseInteger } from './fields.ts'
import { type FilterLookup, type LookupValue, maxListed, readLookup } from './lookups.ts'
import { type FilterParameter, filterParameters, type QueryParameter, queryParameters } from './parameters.ts'

/** By the number of a page, by a cursor, or by whichever the client sends. */
export type PagingMode = 'page' | 'cursor' | 'both'

/** Everything a client may ask of a list. What is not named here is refused. */
export interface ListQueryOptions<Fields, Sort extends string, Include extends string, Paging> {
  /** Fields and lookups to filter by. @default none */
  readonly filter?: Fields
  /** Fields to sort by, in either direction. @default none */
  readonly sort?: readonly Sort[]
  /** Relations that rows may bring along. @default none */
  readonly include?: readonly Include[]
  /** How a client walks the list. @default 'page' */
  readonly paging?: Paging
  /** From 1 to `maxPerPage`. @default 20, or `maxPerPage` if that is less */
  readonly perPage?: number
  /** From 1. A repository has a maximum of its own, which should not be less. @default 100 */
  readonly maxPerPage?: number
}

/** What the client asked for, in the words of a repository: with a `page`, or with a `cursor`, empty at first. */
export type ListRequest<
  Fields,
  Sort extends string,
  Include extends string = never,
  Paging extends PagingMode = 'page',
> = Flat<
  {
    perPage: number
    filter: FilterOf<Fields>
    orderBy: (Sort | `-${Sort}`)[]
  } & ([Include] extends [never] ? {} : { include?: { [K in Include]?: true } }) &
    {
      page: { page: number }
      cursor: { cursor: string }
      both: { page: number } | { cursor: string }
    }[Paging]
>

/**
 * Reads `?filter[name__startswith]=A&sort=-createdAt,name&include=client&page=2&perPage=20`.
 *
 * It is a Standard Schema, so any validator takes it: `validated('query', clientList)`.
 */
export interface ListQuery<Parameters, Request> extends StandardSchemaV1<Parameters, Request> {
  /**
   * Parses query parameters, as Hono's `c.req.queries()` gives them: a list of texts for each, or one text.
   *
   * @throws HttpError `VALIDATION_FAILED` with an issue for each parameter that is wrong, of the first 20
   */
  parse(query: Readonly<Record<string, unknown>>): Request
  /** All there are, for documents about the API. */
  readonly parameters: readonly QueryParameter[]
}

export type AnyFields = Readonly<Record<string, FilterField<unknown, FilterLookup>>>

/** Parameters as a client writes them. */
export type ListParameters<Fields, Sort, Include = never, Paging extends PagingMode = 'page'> = Flat<
  { perPage?: string } & { [K in keyof FilterOf<Fields> & string as `filter[${K}]`]?: string } & ([
      Sort,
    ] extends [never]
      ? {}
      : { sort?: string }) &
    ([Include] extends [never] ? {} : { include?: string }) &
    { page: { page?: string }; cursor: { cursor?: string }; both: { page?: string; cursor?: string } }[Paging]
>

/** The filter that comes out, `{ name?: string; name__startswith?: string }`. */
export type FilterOf<Fields> = {
  [E in Entries<Fields> as E['key']]?: E['value']
}

type Entries<Fields> = {
  [K in keyof Fields & string]: Fields[K] extends FilterField<infer V, infer L>
    ? { [P in L]: { key: P extends 'eq' ? K : `${K}__${P}`; value: LookupValue<V, P> } }[L]
    : never
}[keyof Fields & string]

type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never

/** More than anyone reads, and a bound on what a hostile query can make us answer. */
const maxIssues = 20

/** Characters of one parameter; 100 UUIDs are 3,699. */
const maxText = 8000

/** Declares what a client may ask of a list. Nothing else gets through, and nothing gets through unparsed. */
export function listQuery<
  const Fields extends AnyFields = {},
  const Sort extends string = never,
  const Include extends string = never,
  const Paging extends PagingMode = 'page',
>(
  options: ListQueryOptions<Fields, Sort, Include, Paging>,
): ListQuery<ListParameters<Fields, Sort, Include, Paging>, ListRequest<Fields, Sort, Include, Paging>> {
  type Request = ListRequest<Fields, Sort, Include, Paging>
  const { filter = {}, sort = [], include = [], paging = 'page', maxPerPage = 100 } = options
  const { perPage = Math.min(20, maxPerPage) } = options
  requireCount('maxPerPage', maxPerPage, Number.MAX_SAFE_INTEGER)
  requireCount('perPage', perPage, maxPerPage)
  const maxPage = Math.floor(Number.MAX_SAFE_INTEGER / maxPerPage)
  const filters = filterParameters(filter)
  const parameters = queryParameters({ filters, sort, include, paging, perPage, maxPerPage, maxPage })
  const known = new Set(parameters.map(({ name }) => name))

  return { parse, parameters, '~standard': { version: 1, vendor: 'fastkit', validate: read } }

  function parse(query: Readonly<Record<string, unknown>>): Request {
    const result = read(query)
    if (result.issues === undefined) return result.value
    throw new HttpError('VALIDATION_FAILED', 'The input is not valid', { issues: result.issues })
  }

  function read(query: unknown): Result<Request> {
    const reading: Reading = { request: { perPage, filter: {}, orderBy: [] }, issues: [] }
    const { request, issues } = reading
    for (const [name, value] of Object.entries(query ?? {})) {
      if (issues.length === maxIssues) break
      readParameter(reading, name, Array.isArray(value) && value.length === 1 ? value[0] : value)
    }
    if ('page' in request && 'cursor' in request) refuse(reading, 'page', 'CONFLICT', 'Cannot go with cursor')
    if (!('page' in request) && !('cursor' in request)) {
      if (paging === 'cursor') request.cursor = ''
      else request.page = 1
    }
    return issues.length > 0 ? { issues } : { value: request as Request }
  }

  function readParameter(reading: Reading, name: string, text: unknown): void {
    if (!known.has(name)) {
      // Told once: repeated for each, a short query would have a long answer.
      const params = reading.issues.some(isUnknown) ? undefined : { known: [...known] }
      refuse(reading, name, 'UNKNOWN_PARAMETER', 'Is not a parameter of this list', params)
    } else if (typeof text !== 'string') {
      refuse(reading, name, 'REPEATED', 'Must be given once')
    } else if (text.length > maxText) {
      refuse(reading, name, 'TOO_LONG', `Must have at most ${maxText} characters`, { max: maxText })
    } else if (!isStorable(text)) {
      refuse(reading, name, 'TYPE', 'Must be text without NUL and half characters')
    } else readText(reading, name, text)
  }

  function readText(reading: Reading, name: string, text: string): void {
    const { request } = reading
    const parameter = filters.get(name)
    if (parameter) readFilter(reading, name, text, parameter)
    else if (name === 'page') request.page = readCount(reading, name, text, maxPage)
    else if (name === 'perPage') request.perPage = readCount(reading, name, text, maxPerPage)
    else if (name === 'cursor') request.cursor = text
    else if (name === 'sort') request.orderBy = readNames(reading, name, text, sort, descending)
    else
      request.include = Object.fromEntries(readNames(reading, name, text, include).map((key) => [key, true]))
  }
}

/** Before the name of a field to sort by. */
const descending = '-'

/** What has been read of a query so far. */
interface Reading {
  readonly request: {
    perPage: number
    readonly filter: Record<string, unknown>
    orderBy: string[]
    page?: number
    cursor?: string
    include?: object
  }
  readonly issues: ListIssue[]
}

function readCount(reading: Reading, name: string, text: string, max: number): number {
  const number = parseInteger(text) ?? 0
  if (number < 1 || number > max) {
    refuse(reading, name, 'RANGE', `Must be a whole number from 1 to ${max}`, { min: 1, max })
  }
  return number
}

function readNames(
  reading: Reading,
  name: string,
  text: string,
  allowed: readonly string[],
  prefix = '',
): string[] {
  const entries = text.split(',')
  const names = entries.map((entry) => (entry.startsWith(prefix) ? entry.slice(prefix.length) : entry))
  if (!names.every((one) => allowed.includes(one))) {
    refuse(reading, name, 'UNKNOWN_FIELD', `Can be: ${allowed.join(', ')}`, { known: allowed })
  } else if (names.some((one, at) => names.indexOf(one) < at)) {
    refuse(reading, name, 'REPEATED', 'Must name each field once')
  }
  return entries
}

function readFilter(
  reading: Reading,
  name: string,
  text: string,
  { field, lookup, key }: FilterParameter,
): void {
  const result = readLookup(field, lookup, text)
  if ('value' in result) reading.request.filter[key] = result.value
  else if (result.code === 'TYPE') refuse(reading, name, 'TYPE', `Must be ${result.expected}`)
  else refuse(reading, name, 'TOO_MANY', `Must list at most ${maxListed} values`, { max: maxListed })
}

function refuse(
  { issues }: Reading,
  name: string,
  code: string,
  message: string,
  params?: Record<string, unknown>,
): void {
  issues.push({ path: [name.slice(0, 100)], code, message, ...(params && { params }) })
}

type Result<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly ListIssue[] }

interface ListIssue extends Issue {
  readonly message: string
}

function isUnknown({ code }: Issue): boolean {
  return code === 'UNKNOWN_PARAMETER'
}

function requireCount(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return
  throw new HttpError('WRONG_SETUP', `listQuery: ${name} must be an integer from 1 to ${max}`)
}

/** Not every database holds NUL in a text, and none half a character. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
