import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { MiddlewareHandler } from 'hono'
import { type DescribeRouteOptions, describeRoute, type ResponsesWithResolver } from 'hono-openapi'
import { HttpError } from '../errors.ts'
import type { JsonSchema } from '../list-query/fields.ts'
import type { ListQuery } from '../list-query/list-query.ts'
import { titles } from '../problem.ts'
import type { ErrorStatus } from '../status.ts'
import { object } from './components.ts'
import { wireSchema, within } from './wire-schema.ts'

/** What a route answers, by the function it answers with: each takes the schema of its data, or of one row. */
export interface Answers {
  readonly ok?: StandardSchemaV1
  readonly created?: StandardSchemaV1
  readonly page?: StandardSchemaV1
  /** A page that is not counted. */
  readonly slice?: StandardSchemaV1
  /** Beside `page`, for lists that are walked either way. */
  readonly cursorPage?: StandardSchemaV1
  readonly noContent?: true
}

/** A route in OpenAPI's words, where they do not follow from what it answers and reads. */
export interface RouteDescription
  extends Answers,
    Omit<DescribeRouteOptions, 'responses' | 'requestBody' | 'parameters'> {
  /** Refusals of its own, besides those that any route may answer. */
  readonly errors?: readonly ErrorStatus[]
  /** The list it parses itself; of one that goes through `validated` the document knows. */
  readonly query?: ListQuery<unknown, unknown>
  /** The body it parses itself, likewise. */
  readonly json?: StandardSchemaV1
}

/**
 * Describes a route: `app.get('/', describe({ summary: 'Lists clients', page: ClientResponse }), …)`.
 *
 * It is a middleware of `hono-openapi` that does nothing; everything OpenAPI has for an operation can be given as well.
 *
 * @throws HttpError `WRONG_SETUP` for `ok` beside pages, which have the same status
 */
export function describe(route: RouteDescription): MiddlewareHandler {
  const { ok, created, page, slice, cursorPage, noContent, errors = [], query, json, ...operation } = route
  const reads = { ...(query && listQuery(query)), ...(json && jsonBody(json)) }
  const responses = {
    ...successes({ ok, created, page, slice, cursorPage, noContent }),
    ...reads.responses,
    ...failures(errors),
    default: failure('Any other refusal'),
  }
  return describeRoute({ ...operation, ...reads, responses } as DescribeRouteOptions)
}

/** What a route reads, and how it refuses it. */
type Reads = Pick<DescribeRouteOptions, 'parameters' | 'requestBody' | 'responses'>

export function listQuery({ parameters }: ListQuery<unknown, unknown>): Reads {
  return {
    parameters: parameters.map((parameter) => ({ in: 'query', ...parameter })) as never,
    responses: failures([422]),
  }
}

export function jsonBody(schema: StandardSchemaV1): Reads {
  const content = { 'application/json': { schema: wireSchema(schema, 'input') } }
  return { requestBody: { required: true, content }, responses: failures([400, 413, 415, 422]) }
}

/** The answers for these statuses. */
export function failures(statuses: readonly ErrorStatus[]): ResponsesWithResolver {
  return Object.fromEntries(statuses.map((status) => [status, failure(titles[status] as string)]))
}

function failure(description: string): ResponsesWithResolver[string] {
  return {
    description,
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Failure' } },
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    },
  }
}

function successes({
  ok,
  created,
  page,
  slice,
  cursorPage,
  noContent,
}: Loose<Answers>): ResponsesWithResolver {
  const pages: [schema: StandardSchemaV1 | undefined, name: string][] = [
    [page, 'Pagination'],
    [slice, 'SlicePagination'],
    [cursorPage, 'CursorPagination'],
  ]
  const lists = pages.flatMap(([schema, name]) => (schema ? [{ schema, name }] : []))
  const [list] = lists
  if (ok && list) throw new HttpError('WRONG_SETUP', 'describe: a route answers with ok, or with pages')
  return {
    ...(ok && {
      200: json(
        'Success',
        within(wireSchema(ok, 'output'), (data) => envelope({ data })),
      ),
    }),
    ...(list && {
      200: json(
        'A page',
        within(wireSchema(list.schema, 'output'), (row) => anyOf(row, lists)),
      ),
    }),
    ...(created && {
      201: json(
        'Created',
        within(wireSchema(created, 'output'), (data) => envelope({ data })),
      ),
    }),
    ...(noContent && { 204: { description: 'Done' } }),
  }
}

type Loose<T> = { [K in keyof T]: T[K] | undefined }

function json(description: string, schema: ReturnType<typeof within>): ResponsesWithResolver[string] {
  return { description, content: { 'application/json': { schema } } }
}

/** The rows of all kinds of page of one route are the same. */
function anyOf(row: JsonSchema, lists: readonly { readonly name: string }[]): JsonSchema {
  const bodies = lists.map(({ name }) =>
    envelope({ data: { type: 'array', items: row }, pagination: { $ref: `#/components/schemas/${name}` } }),
  )
  return bodies.length === 1 ? (bodies[0] as JsonSchema) : { anyOf: bodies }
}

function envelope(rest: Readonly<Record<string, unknown>>): JsonSchema {
  return object({ success: { const: true }, ...rest }, { message: { type: 'string' } })
}
