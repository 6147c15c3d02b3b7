import type { Page, Slice } from '@fastkit/contracts'
import { DbError } from '../errors.ts'

interface Window {
  readonly page: number
  readonly perPage: number
  readonly offset: number
}

/** Checks a request for a page and says which rows it means. @throws DbError `PAGE_BOUNDS` */
export function pageWindow(request: { page?: number; perPage?: number }, maxPerPage: number): Window {
  const { page = 1, perPage = Math.min(20, maxPerPage) } = request
  checkRange('perPage', perPage, 1, maxPerPage)
  checkRange('page', page, 1, Math.floor(Number.MAX_SAFE_INTEGER / perPage))
  return { page, perPage, offset: (page - 1) * perPage }
}

/** Checks `limit` and `offset`. No limit is no limit, 0 is none. @throws DbError `PAGE_BOUNDS` */
export function rowWindow({ limit, offset = 0 }: { limit?: number; offset?: number }): {
  limit: number | undefined
  offset: number
} {
  checkRange('offset', offset, 0, Number.MAX_SAFE_INTEGER)
  if (limit !== undefined) checkRange('limit', limit, 0, Number.MAX_SAFE_INTEGER)
  return { limit, offset }
}

export function pageOf<Row>(items: Row[], total: number, { page, perPage }: Window): Page<Row> {
  const totalPages = Math.ceil(total / perPage)
  return { items, page, perPage, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 }
}

/** The page of a list nobody counted, out of its rows and one more, if there is one. */
export function sliceOf<Row>(rows: Row[], { page, perPage }: Window): Slice<Row> {
  return {
    items: rows.slice(0, perPage),
    page,
    perPage,
    hasNext: rows.length > perPage,
    hasPrev: page > 1,
  }
}

export function checkRange(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new DbError('PAGE_BOUNDS', `"${name}" must be an integer from ${min} to ${max}`, {
    params: { name, min, max },
  })
}
