import { collectRows } from '../../reading/collect-rows.ts'
import type { Position } from '../../reading/cursor.ts'
import { checkRange } from '../../reading/page-window.ts'
import { reading, translating } from '../run.ts'
import { conditionOf, orderOf, selected, type Target, type UntypedSelection } from '../target.ts'
import type { UntypedMatching } from './read.ts'

export interface UntypedIterating extends UntypedSelection, UntypedMatching {
  readonly orderBy?: string | readonly string[]
  readonly batchSize?: number
}

/** Checks the request at once, and reads the first rows when the loop asks for them. */
export function iterate(
  target: Target,
  filter: object,
  options: UntypedIterating = {},
): AsyncGenerator<object, void> {
  const { where, orderBy, batchSize = 100 } = options
  checkRange('batchSize', batchSize, 1, 500)
  const condition = conditionOf(target, filter)
  const order = orderOf(target, orderBy)
  return rows()

  async function* rows(): AsyncGenerator<object, void> {
    // That of the transaction it was begun in, also when it is read on after the end.
    const client = target.client()
    const on = { ...target, client: () => client }
    let from: Position | undefined
    for (let hasMore = true; hasMore; ) {
      const request = { condition, where, order, selection: selected(options), limit: batchSize, from }
      const batch = await translating(on, () =>
        reading(on, (client) => collectRows(client, target.source, request)),
      )
      yield* batch.rows
      hasMore = batch.hasMore
      from = { side: 'after', values: batch.values.at(-1) ?? [] }
    }
  }
}
