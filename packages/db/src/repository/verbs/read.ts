import type { CursorPage, Page, Slice } from '@fastkit/contracts'
import { countRows } from '../../reading/count-rows.ts'
import { readCursorPage } from '../../reading/cursor-page.ts'
import { pageOf, pageWindow, rowWindow, sliceOf } from '../../reading/page-window.ts'
import { ran } from '../../reading/ran.ts'
import { readRows } from '../../reading/read-rows.ts'
import { delegateOf } from '../../reading/source.ts'
import { reading } from '../run.ts'
import {
  conditionOf,
  notFound,
  orderOf,
  rowOf,
  selected,
  type Target,
  type UntypedSelection,
} from '../target.ts'

/** Which rows, besides a filter: `where` is Prisma's own, AND-ed. */
export interface UntypedMatching {
  readonly where?: object
}

export interface UntypedListing extends UntypedSelection, UntypedMatching {
  readonly orderBy?: string | readonly string[]
  readonly limit?: number
  readonly offset?: number
}

export function get(target: Target, key: unknown, selection?: UntypedSelection): Promise<object | null> {
  const where = rowOf(target, key)
  if (where === undefined) return Promise.resolve(null)
  return reading(target, (client) =>
    delegateOf(client, target.source).findUnique({ where, ...selected(selection) }),
  )
}

export async function getOrFail(target: Target, key: unknown, selection?: UntypedSelection): Promise<object> {
  const row = await get(target, key, selection)
  if (row === null) throw notFound(target)
  return row
}

export async function first(
  target: Target,
  filter?: object,
  options?: UntypedListing,
): Promise<object | null> {
  const [row = null] = ran(await list(target, filter, { ...options, limit: 1 }))
  return row
}

export function list(target: Target, filter: object = {}, options: UntypedListing = {}): Promise<object[]> {
  const condition = conditionOf(target, filter)
  const order = orderOf(target, options.orderBy)
  const { limit, offset } = rowWindow(options)
  if (limit === 0) return Promise.resolve([])
  const request = { condition, where: options.where, order, limit, offset, selection: selected(options) }
  return reading(target, (client) => readRows(client, target.source, request))
}

export function count(target: Target, filter?: object, { where }: UntypedMatching = {}): Promise<number> {
  const condition = conditionOf(target, filter)
  return reading(target, (client) => countRows(client, target.source, { condition, where }))
}

export async function exists(
  target: Target,
  filter?: object,
  { where }: UntypedMatching = {},
): Promise<boolean> {
  const select = Object.fromEntries(target.source.model.key.map((name) => [name, true]))
  return (await first(target, filter, { select, ...(where && { where }) })) !== null
}

export interface UntypedPaging extends UntypedSelection, UntypedMatching {
  readonly page?: number
  readonly perPage?: number
  readonly count?: boolean
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
}

export function paginate(target: Target, request: UntypedPaging = {}): Promise<Page<object> | Slice<object>> {
  const condition = conditionOf(target, request.filter)
  const order = orderOf(target, request.orderBy)
  const window = pageWindow(request, maxPerPage(target))
  const { perPage, offset } = window
  const { where, count: counted = true } = request
  const rows = { condition, where, order, offset, selection: selected(request) }
  return reading(target, async (client) => {
    // One row more tells whether there is a next page.
    if (!counted)
      return sliceOf(await readRows(client, target.source, { ...rows, limit: perPage + 1 }), window)
    const [items, total] = await Promise.all([
      readRows(client, target.source, { ...rows, limit: perPage }),
      countRows(client, target.source, rows),
    ])
    return pageOf(ran(items), ran(total), window)
  })
}

export interface UntypedCursorPaging extends UntypedSelection, UntypedMatching {
  readonly cursor?: string | null
  readonly perPage?: number
  readonly filter?: object
  readonly orderBy?: string | readonly string[]
}

export function cursorPaginate(
  target: Target,
  request: UntypedCursorPaging = {},
): Promise<CursorPage<object>> {
  const { cursor, filter = {}, where, orderBy, perPage } = request
  const { scope, visible, chain } = target.source
  const page = {
    condition: conditionOf(target, filter),
    where,
    order: orderOf(target, orderBy),
    perPage: pageWindow(perPage === undefined ? {} : { perPage }, maxPerPage(target)).perPage,
    cursor,
    selection: selected(request),
    filter: [
      filter,
      where ?? null,
      scope ?? null,
      visible,
      target.publication ?? null,
      ...(chain.length > 0 ? [chain] : []),
    ],
    secret: target.options.cursorSecret,
  }
  return reading(target, (client) => readCursorPage(client, target.source, page))
}

function maxPerPage({ options }: Target): number {
  return options.maxPerPage ?? 100
}
