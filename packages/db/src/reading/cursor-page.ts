import type { CursorPage } from '@fastkit/contracts'
import type { Condition } from '../filter/condition.ts'
import type { Selection } from '../filter/find-by-keys.ts'
import type { SortStep } from '../filter/parse-order.ts'
import { collectRows } from './collect-rows.ts'
import { type CursorList, decodeCursor, encodeCursor, type Position } from './cursor.ts'
import type { Source } from './source.ts'

export interface CursorPageRequest {
  readonly condition: Condition
  readonly where: object | undefined
  readonly order: readonly SortStep[]
  readonly perPage: number
  /** Absent or empty: the first page. */
  readonly cursor: string | null | undefined
  readonly selection: Selection
  /** Everything the list depends on besides its order, and the secret, for the cursors. */
  readonly filter: unknown
  readonly secret: string | undefined
}

/**
 * Reads the rows next to a cursor: two statements, however far in. A row that is inserted or deleted meanwhile moves no
 * other onto another page.
 */
export async function readCursorPage(
  client: object,
  source: Source,
  request: CursorPageRequest,
): Promise<CursorPage<object>> {
  const { perPage } = request
  const list = cursorList(source.model.name, request)
  const from = request.cursor ? decodeCursor(request.cursor, list) : undefined
  const { rows, values, hasMore } = await collectRows(client, source, { ...request, limit: perPage, from })
  return cursorPage({ rows, values, hasMore }, { perPage, from, list })
}

/** What a cursor belongs to. */
export function cursorList(
  model: string,
  { order, filter, secret }: Pick<CursorPageRequest, 'order' | 'filter' | 'secret'>,
): CursorList {
  const names = order.map(({ path, descending }) => `${descending ? '-' : ''}${path.join('__')}`)
  return { model, order: names, filter, secret }
}

interface PageRows<Row> {
  readonly rows: Row[]
  readonly values: readonly Position['values'][]
  /** On the side away from the cursor there are more. */
  readonly hasMore: boolean
}

/** The page that these rows make, with cursors to its neighbours. */
export function cursorPage<Row>(
  { rows, values, hasMore }: PageRows<Row>,
  { perPage, from, list }: { perPage: number; from: Position | undefined; list: CursorList },
): CursorPage<Row> {
  const backwards = from?.side === 'before'
  const hasNext = backwards || hasMore
  const hasPrev = backwards ? hasMore : from !== undefined
  // An empty page lies beyond the last row, on the far side of the cursor that led here.
  const edge = (side: Position['side'], of: Position['values'] | undefined = from?.values) =>
    of ? encodeCursor({ side, values: of }, list) : null
  return {
    items: rows,
    perPage,
    hasNext,
    hasPrev,
    nextCursor: hasNext ? edge('after', values.at(-1)) : null,
    prevCursor: hasPrev ? edge('before', values[0]) : null,
  }
}
