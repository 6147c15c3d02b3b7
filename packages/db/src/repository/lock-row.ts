import { inTransaction } from '../context/transactions.ts'
import { keysOf } from '../filter/find-by-keys.ts'
import { keyQuery } from '../filter/key-query.ts'
import { rowsOf } from '../reading/source.ts'
import { valuesOfKey, whereKey } from './key.ts'
import { writing } from './run.ts'
import { conditionOf, notFound, type Target } from './target.ts'

/**
 * Changes a row that nobody else can change meanwhile, in the transaction at hand or in one of its own: on MySQL, where
 * Prisma looks for a row first and changes it then, whatever has become of it.
 *
 * @throws DbError `NOT_FOUND` when there is no such row, or it does not match `also`
 */
export function lockRow(
  target: Target,
  { key, also }: { readonly key: unknown; readonly also?: object },
  change: (target: Target) => Promise<object>,
): Promise<object> {
  const { metadata, model } = target.source
  const row = { ...valuesOfKey(model, whereKey(model, key) ?? {}), ...also }
  const query = keyQuery(metadata, rowsOf(target.source, conditionOf(target, row)))
  return writing(target, (client) =>
    inTransaction(client, async (tx) => {
      const found = await keysOf(tx, { ...query, sql: `${query.sql} for update` })
      if (found.length === 0) throw notFound(target)
      return change({ ...target, client: () => tx })
    }),
  )
}
