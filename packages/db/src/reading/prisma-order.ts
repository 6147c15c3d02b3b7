import type { SortStep } from '../filter/parse-order.ts'
import type { Provider } from '../metadata/metadata.ts'

/**
 * Says an order in Prisma's words, or returns `undefined` where Prisma would order otherwise on this database: over
 * relations, and by enums on SQLite, which keeps them as text. Null is the smallest value everywhere.
 */
export function prismaOrder(steps: readonly SortStep[], provider: Provider): object[] | undefined {
  const orders = steps.map((step) => stepOrder(step, provider))
  return orders.every((order) => order !== undefined) ? (orders as object[]) : undefined
}

function stepOrder(
  { path, field, descending, translated }: SortStep,
  provider: Provider,
): object | undefined {
  if (path.length > 1 || translated || (field.kind === 'enum' && provider === 'sqlite')) return undefined
  const sort = descending ? 'desc' : 'asc'
  // PostgreSQL alone thinks that null is the largest.
  const spelled = provider === 'postgresql' && !field.required
  return { [field.name]: spelled ? { sort, nulls: descending ? 'last' : 'first' } : sort }
}
