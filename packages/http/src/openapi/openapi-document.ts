import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Handler, ValidationTargets } from 'hono'
import type { RouterRoute } from 'hono/types'
import { findTargetHandler } from 'hono/utils/handler'
import {
  type GenerateSpecOptions,
  generateSpecs,
  type HandlerUniqueProperty,
  uniqueSymbol,
} from 'hono-openapi'
import type { ListQuery } from '../list-query/list-query.ts'
import { toJson } from '../wire.ts'
import { components } from './components.ts'
import { failures, jsonBody, listQuery } from './describe.ts'
import { wireSchema } from './wire-schema.ts'

/** The part of a Hono app that a document is made of. */
export interface AppRoutes {
  readonly routes: RouterRoute[]
}

/** What OpenAPI has for a whole API: `info`, `servers`, `tags`, `security`, `components`. */
export type Documentation = GenerateSpecOptions['documentation'] &
  Required<Pick<GenerateSpecOptions['documentation'], 'info'>>

/**
 * Returns the OpenAPI 3.1 document of an app: every route with `describe`, or with `describeRoute` of `hono-openapi`,
 * and what `validated` says those routes read. Others are left out.
 *
 * @throws Error of the schema's library when a schema cannot be described
 */
export async function openapiDocument(app: AppRoutes, documentation: Documentation): Promise<object> {
  const described = new Set(app.routes.filter(isDescribed).map(nameOf))
  const routes = app.routes.flatMap((route) => [
    route,
    ...(described.has(nameOf(route)) ? readsOf(route) : []),
  ])
  const schemas = { ...components.schemas, ...documentation.components?.schemas }
  const document = await generateSpecs({ routes } as never, {
    documentation: { ...documentation, components: { ...documentation.components, schemas } as never },
    defaultValidationErrorResponse: false,
  })
  // As given: without a description, `hono-openapi` makes one up.
  return { ...document, info: documentation.info }
}

/** Answers with the document, made at the first request: `app.get('/openapi.json', openapiJson(app, { info }))`. */
export function openapiJson(app: AppRoutes, documentation: Documentation): Handler {
  let made: Promise<string> | undefined
  return async function openapiJson(c) {
    made ??= openapiDocument(app, documentation).then(toJson)
    const body = await made.catch((error) => {
      made = undefined
      throw error
    })
    return c.body(body, 200, { 'content-type': 'application/json' })
  }
}

/** Where `validated` leaves what it checks; one of another copy of its package is found as well. */
const validated = Symbol.for('fastkit.validated')

interface Validated {
  readonly target: keyof ValidationTargets
  readonly schema: StandardSchemaV1 | (StandardSchemaV1 & ListQuery<unknown, unknown>)
}

function isDescribed({ handler }: RouterRoute): boolean {
  return uniqueSymbol in findTargetHandler(handler)
}

function nameOf({ method, path }: RouterRoute): string {
  return `${method} ${path}`
}

/** Further entries for a route, as `hono-openapi` would find them. */
function readsOf(route: RouterRoute): RouterRoute[] {
  const found = (findTargetHandler(route.handler) as { [validated]?: Validated })[validated]
  return found ? partsOf(found).map((part) => ({ ...route, handler: handlerOf(part) })) : []
}

function partsOf({ target, schema }: Validated): HandlerUniqueProperty[] {
  if (target === 'query' && 'parameters' in schema) return [{ spec: listQuery(schema) }]
  if (target === 'json') return [{ spec: jsonBody(schema) }]
  const responses = failures(target === 'form' ? [400, 415, 422] : [422])
  return [{ target, ...wireSchema(schema, 'input') }, { spec: { responses } }]
}

function handlerOf(part: HandlerUniqueProperty): Handler {
  return Object.assign(() => undefined as never, { [uniqueSymbol]: part })
}
