import { DbError } from '../../errors.ts'
import { wheresOf } from '../../reading/read-rows.ts'
import { delegateOf } from '../../reading/source.ts'
import { mergeAggregates } from '../merge-aggregates.ts'
import { reading } from '../run.ts'
import { conditionOf, type Target } from '../target.ts'

export async function aggregate(
  target: Target,
  filter: object,
  functions: Readonly<Record<string, unknown>>,
): Promise<object> {
  const stranger = Object.keys(functions).find((name) => !known.includes(name))
  if (stranger !== undefined) {
    throw new DbError('UNKNOWN_FIELD', `"${stranger}" is no aggregate; there are: ${known.join(', ')}`)
  }
  const condition = conditionOf(target, filter)
  return reading(target, async (client) => {
    const rows = delegateOf(client, target.source)
    const { key } = target.source.model
    const keys = Object.fromEntries(key.map((name) => [name, true]))
    const none = { [key[0] ?? '']: { in: [] } }
    const [where = none, ...more] = await wheresOf(client, target.source, condition)
    if (more.length === 0) return rows.aggregate({ where, ...functions })
    return mergeAggregates([where, ...more], functions, {
      aggregate: (args) => rows.aggregate(args),
      keyOf: async (one) => (await rows.findMany({ where: one, select: keys, take: 1 }))[0] ?? none,
    })
  })
}

const known: readonly string[] = ['_count', '_sum', '_avg', '_min', '_max']
