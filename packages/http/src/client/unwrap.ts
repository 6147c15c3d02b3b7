import type { ClientResponse } from 'hono/client'
import type { ResponseFormat } from 'hono/types'
import type { WireIssue } from '../envelope.ts'
import { ApiError } from './api-error.ts'

type AnyResponse = ClientResponse<unknown, number, ResponseFormat>

/** What `unwrap` makes of a response: data, a page as the repository returned it, or nothing of a 204. */
export type Unwrapped<R> =
  R extends ClientResponse<infer Body, infer Status, ResponseFormat>
    ? Status extends 204 | 205
      ? undefined
      : Body extends { success: true; data: infer Items; pagination: infer Pagination }
        ? { items: Items } & Pagination
        : Body extends { success: true; data: infer Data }
          ? Data
          : never
    : never

/**
 * Returns the data of an answer, `await unwrap(client.clients.$get())`; of a page its items and where it is among the
 * others, `{ items, page, perPage, … }`; of a 204 `undefined`.
 *
 * @throws ApiError for any other answer: refusals, also as `application/problem+json`, pages of proxies, success without
 *   an envelope. Errors of `fetch` itself come as they are.
 */
export async function unwrap<R extends AnyResponse>(response: R | Promise<R>): Promise<Unwrapped<R>> {
  const answer: AnyResponse = await response
  if (answer.status === 204 || answer.status === 205) return undefined as Unwrapped<R>
  const { body, cause } = await readJson(answer)
  if (answer.status >= 400 || !answer.ok || body?.['success'] !== true || !('data' in body)) {
    throw toError(answer, body, cause)
  }
  const { data, pagination } = body
  return (isObject(pagination) ? { ...pagination, items: data } : data) as Unwrapped<R>
}

type Fields = Readonly<Record<string, unknown>>

/** The body where it is a JSON object, and why it could not be read. */
async function readJson(answer: AnyResponse): Promise<{ body?: Fields; cause?: unknown }> {
  try {
    const body: unknown = JSON.parse(await answer.text())
    return isObject(body) ? { body } : {}
  } catch (cause) {
    return { cause }
  }
}

function toError(
  { status, ok, statusText, headers }: AnyResponse,
  body: Fields = {},
  cause: unknown,
): ApiError {
  const { code, errors, issues, requestId } = body
  const ours = typeof code === 'string' && code !== '' && (!ok || body['success'] === false)
  const foreignCode = ok ? 'UNEXPECTED_ANSWER' : `HTTP_${status}`
  const message = [body['message'], body['detail'], body['title'], ok ? undefined : statusText].find(isText)
  const seconds = headers.get('retry-after')
  return new ApiError(message ?? (ok ? 'The answer is no envelope' : `The server answered ${status}`), {
    code: ours ? code : foreignCode,
    status,
    errors: ours && isMessages(errors) ? errors : undefined,
    issues: ours && Array.isArray(issues) ? (issues as WireIssue[]) : undefined,
    requestId: isText(requestId) ? requestId : (headers.get('x-request-id') ?? undefined),
    retryAfterMs: seconds !== null && /^\d{1,9}$/.test(seconds) ? Number(seconds) * 1000 : undefined,
    cause,
  })
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isMessages(value: unknown): value is Record<string, string[]> {
  return (
    isObject(value) &&
    Object.values(value).every(
      (texts) => Array.isArray(texts) && texts.every((one) => typeof one === 'string'),
    )
  )
}
