import type { CursorPage } from '@fastkit/contracts'
import type { Condition } from '../filter/condition.ts'
import { findByKeys, type Selection } from '../filter/find-by-keys.ts'
import { keyQuery } from '../filter/key-query.ts'
import type { SortStep } from '../filter/parse-order.ts'
import type { Source } from '../repository/read-rows.ts'
import { type Cursor, type CursorScope, decodeCursor, encodeCursor } from './cursor.ts'

export interface CursorPageRequest {
  readonly condition: Condition
  readonly order: readonly SortStep[]
  readonly perPage: number
  /** Absent or empty: the first page. */
  readonly cursor: string | null | undefined
  readonly selection: Selection
  /** The filter as it was given, and the secret, for the cursors. */
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
  const { condition, order, perPage, selection } = request
  const scope = scopeOf(source, request)
  const cursor = request.cursor ? await decodeCursor(request.cursor, scope) : undefined
  const query = keyQuery(source.metadata, {
    model: source.model.name,
    condition,
    orderBy: order,
    softDelete: source.softDelete,
    limit: perPage + 1, // one more tells whether there are more
    ...(cursor && { [cursor.side]: cursor.values }),
  })
  const { rows, hasMore, first, last } = await findByKeys(client, query, { limit: perPage, args: selection })
  const backwards = cursor?.side === 'before'
  const edge = (side: Cursor['side'], values: Cursor['values'] | undefined): Promise<string> | null =>
    values ? encodeCursor({ side, values }, scope) : null
  const hasNext = backwards || hasMore
  const hasPrev = backwards ? hasMore : cursor !== undefined
  // An empty page lies beyond the last row, on the far side of the cursor that led here.
  const [nextCursor, prevCursor] = await Promise.all([
    hasNext ? edge('after', last ?? cursor?.values) : null,
    hasPrev ? edge('before', first ?? cursor?.values) : null,
  ])
  return { items: [...rows], perPage, hasNext, hasPrev, nextCursor, prevCursor }
}

function scopeOf({ model }: Source, { order, filter, secret }: CursorPageRequest): CursorScope {
  const names = order.map(({ path, descending }) => `${descending ? '-' : ''}${path.join('__')}`)
  return { model: model.name, order: names, filter, secret }
}
