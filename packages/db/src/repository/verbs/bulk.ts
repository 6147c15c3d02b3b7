import type { BulkOptions } from '@fastkit/contracts'
import { allOrNone } from '../../context/transactions.ts'
import type { Delegate } from '../../delegate.ts'
import { DbError } from '../../errors.ts'
import type { Condition } from '../../filter/condition.ts'
import { ran } from '../../reading/ran.ts'
import { wheresOf } from '../../reading/read-rows.ts'
import { checking, delegateOf } from '../../reading/source.ts'
import { writing } from '../run.ts'
import { conditionOf, type Target } from '../target.ts'
import { checkedChange } from '../write-rules.ts'

export async function updateMany(
  target: Target,
  filter: object,
  data: object,
  options?: BulkOptions,
): Promise<number> {
  const change = checkedChange(target.source.model, data, target.rules)
  const condition = bulkCondition(target, filter, options)
  return writing(target, (client) =>
    inBatches(target, { client, condition }, (rows, where) =>
      rows.updateMany(checking(target.source, { where, data: change })),
    ),
  )
}

export async function deleteMany(target: Target, filter: object, options?: BulkOptions): Promise<number> {
  const condition = bulkCondition(target, filter, options)
  return writing(target, (client) =>
    inBatches(target, { client, condition }, (rows, where) => rows.deleteMany({ where })),
  )
}

/** Guards against the filter that turned out empty, and the table with it. */
function bulkCondition(target: Target, filter: object, { all }: BulkOptions = {}): Condition {
  if (Object.keys(filter).length === 0 && all !== true) {
    const { name } = target.source.model
    throw new DbError('FILTER_REQUIRED', `An empty filter means every ${name}: say { all: true }`)
  }
  return conditionOf(target, filter)
}

/** One statement where Prisma can say the condition; else by keys, so many at a time, all or none. */
async function inBatches(
  { source }: Target,
  { client, condition }: { readonly client: object; readonly condition: Condition },
  write: (rows: Delegate, where: object) => Promise<{ readonly count: number }>,
): Promise<number> {
  const [first, ...more] = await wheresOf(client, source, condition)
  if (first === undefined) return 0
  if (more.length === 0) return ran(await write(delegateOf(client, source), first)).count
  return allOrNone(client, async (tx) => {
    let sum = 0
    for (const where of [first, ...more]) sum += ran(await write(delegateOf(tx, source), where)).count
    return sum
  })
}
