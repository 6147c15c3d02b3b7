import { DbError } from '../../errors.ts'
import { keysAtOnce, wheresOf } from '../read-rows.ts'
import { delegateOf } from '../source.ts'
import { conditionOf, run, type Target } from '../target.ts'

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
  const { model } = target.source
  const [key = ''] = model.key
  return run(target, async (_, client) => {
    const [where = { [key]: { in: [] } }, ...more] = await wheresOf(client, target.source, condition)
    if (more.length > 0) {
      throw new DbError(
        'FILTER_VALUE',
        `Prisma cannot say this filter, and it matches more than the ${keysAtOnce(target.source)} ${model.name} rows one statement can name`,
      )
    }
    return delegateOf(client, target.source).aggregate({ where, ...functions })
  })
}

const known: readonly string[] = ['_count', '_sum', '_avg', '_min', '_max']
