import type { CursorPage, Issue, Page, Slice } from '@fastkit/contracts'
import type { Wire, WireItem } from './wire.ts'

/** The body of an answer that worked. */
export interface Success<T> {
  success: true
  data: T
  message?: string
}

/** The body of a page. */
export interface PageBody<T, P = Pagination> {
  success: true
  data: T[]
  pagination: P
  message?: string
}

export interface Pagination extends SlicePagination {
  total: number
  totalPages: number
}

/** Of a page whose rows nobody counted. */
export interface SlicePagination {
  page: number
  perPage: number
  hasNext: boolean
  hasPrev: boolean
}

/** Of a list that is walked from row to row; the last two where it is walked both ways. */
export interface CursorPagination {
  nextCursor: string | null
  perPage: number
  hasNext: boolean
  prevCursor?: string | null
  hasPrev?: boolean
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

/** Of no data, `undefined`, it makes `null`: JSON would leave it out, and the answer be no envelope. */
export function success<T>(value: T, { message }: EnvelopeOptions = {}): Success<WireItem<T>> {
  const data = (value ?? null) as WireItem<T>
  return message === undefined ? { success: true, data } : { success: true, data, message }
}

/** What has to be known of a counted page; the rest follows. A repository's `Page` fits. */
export type PageRows<T> = Pick<Page<T>, 'items' | 'page' | 'perPage' | 'total'>

export function pageBody<T>(rows: PageRows<T>, options?: EnvelopeOptions): PageBody<Wire<T>>
export function pageBody<T>(rows: Slice<T>, options?: EnvelopeOptions): PageBody<Wire<T>, SlicePagination>
export function pageBody<T>(
  rows: PageRows<T> | Slice<T>,
  { message }: EnvelopeOptions = {},
): PageBody<Wire<T>, SlicePagination> {
  const pagination = 'total' in rows ? counted(rows) : uncounted(rows)
  return {
    success: true,
    data: rows.items as Wire<T>[],
    pagination,
    ...(message !== undefined && { message }),
  }
}

export function cursorPageBody<T>(
  rows: CursorPage<T>,
  { message }: EnvelopeOptions = {},
): PageBody<Wire<T>, CursorPagination> {
  const { items, perPage, hasNext, nextCursor, hasPrev, prevCursor } = rows
  const back = { ...(prevCursor !== undefined && { prevCursor }), ...(hasPrev !== undefined && { hasPrev }) }
  const pagination = { nextCursor, perPage, hasNext, ...back }
  return { success: true, data: items as Wire<T>[], pagination, ...(message !== undefined && { message }) }
}

function counted({ page, perPage, total }: Omit<PageRows<unknown>, 'items'>): Pagination {
  const totalPages = perPage > 0 ? Math.ceil(total / perPage) : 0
  return { page, perPage, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 }
}

function uncounted({ page, perPage, hasNext, hasPrev }: Slice<unknown>): SlicePagination {
  return { page, perPage, hasNext, hasPrev }
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
