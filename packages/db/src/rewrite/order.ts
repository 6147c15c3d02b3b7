import { DbError } from '../errors.ts'
import { nodeOf, type Walk } from './graph.ts'
import { isShape, listOf } from './shape.ts'

/**
 * Refuses an order by the number of related rows when some of those do not exist: Prisma counts them all, and takes no
 * condition there.
 *
 * @throws DbError `ORDER_BY_COUNT`
 */
export function checkOrder(walk: Walk, model: string, orderBy: unknown): void {
  for (const order of listOf(orderBy)) {
    if (!isShape(order)) continue
    for (const [name, by] of Object.entries(order)) {
      const step = nodeOf(walk, model).steps.get(name)
      if (!step || !isShape(by)) continue
      if (step.toMany && walk.exists(step.target)) {
        throw new DbError(
          'ORDER_BY_COUNT',
          `Prisma would count hidden ${step.target} rows in the order by ${model}.${name}`,
        )
      }
      if (!step.toMany) checkOrder(walk, step.target, by)
    }
  }
}
