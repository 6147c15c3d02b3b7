import { allOrNone, isInside } from '../../context/transactions.ts'
import { ran } from '../../reading/ran.ts'
import { checking, delegateOf } from '../../reading/source.ts'
import { writing } from '../run.ts'
import { selected, type Target, type UntypedSelection } from '../target.ts'
import { checkedRow } from '../write-rules.ts'

export function create(target: Target, data: object, selection?: UntypedSelection): Promise<object> {
  const row = checkedRow(target.source.model, data, target.rules)
  return writing(target, (client) =>
    delegateOf(client, target.source).create(checking(target.source, { data: row, ...selected(selection) })),
  )
}

export async function createMany(target: Target, data: readonly object[]): Promise<number> {
  const rows = data.map((row) => checkedRow(target.source.model, row, target.rules))
  if (rows.length === 0) return 0
  return writing(target, async (client) => {
    const write = (on: object) =>
      delegateOf(on, target.source).createMany(checking(target.source, { data: rows }))
    // Prisma makes several statements of many rows, and undoes them all only outside of a transaction.
    const split = rows.length > 100 && isInside(client)
    return ran(await (split ? allOrNone(client, write) : write(client))).count
  })
}

export async function createManyAndReturn(target: Target, data: readonly object[]): Promise<object[]> {
  const rows = data.map((row) => checkedRow(target.source.model, row, target.rules))
  if (rows.length === 0) return []
  const oneByOne = async (on: object) => {
    const created: object[] = []
    for (const row of rows)
      created.push(await delegateOf(on, target.source).create(checking(target.source, { data: row })))
    return created
  }
  return writing(target, (client) =>
    target.source.metadata.provider === 'mysql'
      ? allOrNone(client, oneByOne)
      : delegateOf(client, target.source).createManyAndReturn(checking(target.source, { data: rows })),
  )
}
