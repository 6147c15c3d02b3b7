import { inTransaction } from '../../context/transact.ts'
import { delegateOf } from '../source.ts'
import { type Selecting, selected, type Target, writing } from '../target.ts'
import { checkCreate } from '../write-rules.ts'

export async function create(target: Target, data: object, selection?: Selecting): Promise<object> {
  checkCreate(target.source.model, data, target.rules)
  return writing(target, (rows) => rows.create({ data, ...selected(selection) }))
}

export async function createMany(target: Target, data: readonly object[]): Promise<number> {
  for (const row of data) checkCreate(target.source.model, row, target.rules)
  if (data.length === 0) return 0
  return (await writing(target, (rows) => rows.createMany({ data }))).count
}

export async function createManyAndReturn(target: Target, data: readonly object[]): Promise<object[]> {
  for (const row of data) checkCreate(target.source.model, row, target.rules)
  if (data.length === 0) return []
  return writing(target, (rows, client) => {
    if (target.source.metadata.provider !== 'mysql') return rows.createManyAndReturn({ data })
    return inTransaction(client, async (tx) => {
      const created: object[] = []
      for (const row of data) created.push(await delegateOf(tx, target.source).create({ data: row }))
      return created
    })
  })
}
