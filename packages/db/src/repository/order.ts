import { DbError } from '../errors.ts'
import type { ModelInfo } from '../prisma-internals.ts'
import { isFilterable } from './where.ts'

/**
 * Turns `['-createdAt', 'name']` into Prisma's `orderBy`. The key always comes last, so that the order is total and
 * pages neither repeat a row nor miss one.
 *
 * @throws DbError `UNKNOWN_FIELD`
 */
export function compileOrder(model: ModelInfo, orderBy: string | readonly string[] = []): object[] {
  const order = new Map<string, 'asc' | 'desc'>()
  for (const entry of [orderBy].flat()) {
    const descending = entry.startsWith('-')
    const name = descending ? entry.slice(1) : entry
    const field = model.fields.get(name)
    if (!field || !isFilterable(field)) {
      const names = [...model.fields.values()].filter(isFilterable).map((known) => known.name)
      throw new DbError(
        'UNKNOWN_FIELD',
        `${model.name} cannot be sorted by "${name}"; its fields: ${names.join(', ')}`,
      )
    }
    if (!order.has(name)) order.set(name, descending ? 'desc' : 'asc')
  }
  if (!order.has('id') && model.fields.has('id')) order.set('id', [...order.values()].at(-1) ?? 'asc')
  return [...order].map(([name, direction]) => ({ [name]: direction }))
}
