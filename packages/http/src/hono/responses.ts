import type { CursorPage, Slice } from '@fastkit/contracts'
import type { Context, TypedResponse } from 'hono'
import {
  type CursorPagination,
  cursorPageBody,
  type EnvelopeOptions,
  type Failure,
  type PageBody,
  type PageRows,
  pageBody,
  type SlicePagination,
  type Success,
  success,
} from '../envelope.ts'
import { errorResponse } from '../error-response.ts'
import type { ErrorStatus } from '../status.ts'
import { toJson, type Wire, type WireItem } from '../wire.ts'
import { errorSettingsOf } from './error-settings.ts'
import { requestIdOf } from './request-id.ts'
import { sendError } from './send-error.ts'

/** A response whose body and status `hc` knows. */
export type JsonResponse<T, S extends 200 | 201 | ErrorStatus> = Response & TypedResponse<T, S, 'json'>

/** Answers 200 with data; `undefined` arrives as `null`. */
export function ok<T>(
  c: Context,
  data: T,
  options?: EnvelopeOptions,
): JsonResponse<Success<WireItem<T>>, 200> {
  return json(c, success(data, options), 200)
}

/** Answers 201 with what was created. */
export function created<T>(
  c: Context,
  data: T,
  options?: EnvelopeOptions,
): JsonResponse<Success<WireItem<T>>, 201> {
  return json(c, success(data, options), 201)
}

/** Answers 200 with one page of a list; one that was not counted has no `total` and `totalPages`. */
export function page<T>(
  c: Context,
  rows: PageRows<T>,
  options?: EnvelopeOptions,
): JsonResponse<PageBody<Wire<T>>, 200>
export function page<T>(
  c: Context,
  rows: Slice<T>,
  options?: EnvelopeOptions,
): JsonResponse<PageBody<Wire<T>, SlicePagination>, 200>
export function page<T>(
  c: Context,
  rows: PageRows<T> | Slice<T>,
  options?: EnvelopeOptions,
): JsonResponse<PageBody<Wire<T>, SlicePagination>, 200> {
  return json(c, pageBody(rows as Slice<T>, options), 200)
}

/** Answers 200 with one page of a list that is walked by cursor. */
export function cursorPage<T>(
  c: Context,
  rows: CursorPage<T>,
  options?: EnvelopeOptions,
): JsonResponse<PageBody<Wire<T>, CursorPagination>, 200> {
  return json(c, cursorPageBody(rows, options), 200)
}

/** Answers 204 with nothing. */
export function noContent(c: Context): Response & TypedResponse<null, 204, 'body'> {
  return c.body(null, 204)
}

/**
 * Answers with an error, as throwing it would: the same status, envelope and log, after `mapError`. Unlike what is
 * thrown, `hc` sees it.
 */
export function fail(c: Context, error: unknown): JsonResponse<Failure, ErrorStatus> {
  const response =
    errorSettingsOf(c)?.answer(c, error) ?? sendError(c, errorResponse(error, { requestId: requestIdOf(c) }))
  return response as JsonResponse<Failure, ErrorStatus>
}

function json<T, S extends 200 | 201>(c: Context, body: T, status: S): JsonResponse<T, S> {
  return c.body(toJson(body), status, { 'content-type': 'application/json' }) as never
}
