import { inTransaction } from '../../context/transact.ts'
import { delegateOf } from '../source.ts'
import { checkScope, newRows } from '../stamp.ts'
import { run, type Selecting, selected, type Target } from '../target.ts'

export async function create(target: Target, data: object, selection?: Selecting): Promise<object> {
  const rows = newRows(target, [data])
  return run(target, async (delegate, client) => {
    await checkScope(target, client, rows)
    return delegate.create({ data: rows[0], ...selected(selection) })
  })
}

export async function createMany(target: Target, data: readonly object[]): Promise<number> {
  const rows = newRows(target, data)
  if (rows.length === 0) return 0
  return run(target, async (delegate, client) => {
    await checkScope(target, client, rows)
    return (await delegate.createMany({ data: rows })).count
  })
}

export async function createManyAndReturn(target: Target, data: readonly object[]): Promise<object[]> {
  const rows = newRows(target, data)
  if (rows.length === 0) return []
  return run(target, async (delegate, client) => {
    await checkScope(target, client, rows)
    if (target.source.metadata.provider !== 'mysql') return delegate.createManyAndReturn({ data: rows })
    return inTransaction(client, async (tx) => {
      const created: object[] = []
      for (const row of rows) created.push(await delegateOf(tx, target.source).create({ data: row }))
      return created
    })
  })
}
