import type { Context, TypedResponse } from 'hono'
import {
  type EnvelopeOptions,
  type PageBody,
  type PageRows,
  pageBody,
  type Success,
  success,
} from '../envelope.ts'
import { toJson, type Wire } from '../wire.ts'

/** A response whose body and status `hc` knows. */
export type JsonResponse<T, S extends 200 | 201> = Response & TypedResponse<T, S, 'json'>

/** Answers 200 with data. */
export function ok<T>(c: Context, data: T, options?: EnvelopeOptions): JsonResponse<Success<Wire<T>>, 200> {
  return json(c, success(data, options), 200)
}

/** Answers 201 with what was created. */
export function created<T>(
  c: Context,
  data: T,
  options?: EnvelopeOptions,
): JsonResponse<Success<Wire<T>>, 201> {
  return json(c, success(data, options), 201)
}

/** Answers 200 with one page of a list. */
export function page<T>(
  c: Context,
  rows: PageRows<T>,
  options?: EnvelopeOptions,
): JsonResponse<PageBody<Wire<T>>, 200> {
  return json(c, pageBody(rows, options), 200)
}

/** Answers 204 with nothing. */
export function noContent(c: Context): Response & TypedResponse<null, 204, 'body'> {
  return c.body(null, 204)
}

function json<T, S extends 200 | 201>(c: Context, body: T, status: S): JsonResponse<T, S> {
  return c.body(toJson(body), status, { 'content-type': 'application/json' }) as never
}
