import type { Issue, Page } from '@fastkit/contracts'
import type { Wire } from './wire.ts'

/** The body of an answer that worked. */
export interface Success<T> {
  success: true
  data: T
  message?: string
}

/** The body of a page. */
export interface PageBody<T> {
  success: true
  data: T[]
  pagination: Pagination
  message?: string
}

export interface Pagination {
  page: number
  perPage: number
  total: number
  totalPages: number
  hasNext: boolean
  hasPrev: boolean
}

/** The body of an answer that did not work, whatever went wrong. */
export interface Failure {
  success: false
  message: string
  /** Stable, SCREAMING_SNAKE. */
  code: string
  /** Messages by path, `{ "items.0.price": ["…"] }`; those about the input as a whole under `_root`. */
  errors?: Record<string, string[]>
  /** The same with codes, for programs. */
  issues?: WireIssue[]
  /** The same as in the `X-Request-Id` header. */
  requestId?: string
}

export interface WireIssue {
  path: (string | number)[]
  code: string
  message: string
  params?: Record<string, unknown>
}

export interface EnvelopeOptions {
  /** For people, beside the data. @default none */
  readonly message?: string
}

export function success<T>(data: T, { message }: EnvelopeOptions = {}): Success<Wire<T>> {
  return { success: true, data: data as Wire<T>, ...(message !== undefined && { message }) }
}

/** What has to be known of a page; the rest follows. A repository's `Page` fits. */
export type PageRows<T> = Pick<Page<T>, 'items' | 'page' | 'perPage' | 'total'>

export function pageBody<T>(rows: PageRows<T>, { message }: EnvelopeOptions = {}): PageBody<Wire<T>> {
  const { items, page, perPage, total } = rows
  const totalPages = Math.ceil(total / perPage)
  const pagination = { page, perPage, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 }
  return { success: true, data: items as Wire<T>[], pagination, ...(message !== undefined && { message }) }
}

export function failure(code: string, message: string, options: FailureOptions = {}): Failure {
  const { issues, requestId } = options
  return {
    success: false,
    message,
    code,
    ...(issues && { errors: messagesByPath(issues), issues: issues.map(wireIssue) }),
    ...(requestId !== undefined && { requestId }),
  }
}

export interface FailureOptions {
  readonly issues?: readonly Issue[] | undefined
  readonly requestId?: string | undefined
}

function messagesByPath(issues: readonly Issue[]): Record<string, string[]> {
  const messages = new Map<string, string[]>()
  for (const { path, message = fallbackMessage } of issues) {
    const key = path.length === 0 ? '_root' : path.join('.')
    messages.set(key, [...(messages.get(key) ?? []), message])
  }
  return Object.fromEntries(messages)
}

function wireIssue({ path, code, message = fallbackMessage, params }: Issue): WireIssue {
  return { path: [...path], code, message, ...(params && { params }) }
}

const fallbackMessage = 'Is not valid'
