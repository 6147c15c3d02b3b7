import type { Clock } from '@fastkit/contracts'
import type { Call, Shape } from './call.ts'

/** Which rows a call is about. Travels as an argument of the call, since nothing else reaches a query hook. */
export type Scope = 'live' | 'with' | 'only' | 'force'

/** Makes the name of the argument that carries the scope: one nobody can guess, or JSON could ask for deleted rows. */
export function createScopeKey(): string {
  return `~deleted:${crypto.randomUUID()}`
}

/**
 * Makes deleted rows invisible to every operation on the model itself, and `delete` an update.
 *
 * A `where` that names the field is AND-ed with the scope, so it can narrow what is seen, never widen it.
 * `delete` addresses live rows in every scope but `force`: when a row was deleted is never overwritten.
 */
export function softDelete(field: string, scopeKey: string, clock: Clock): (call: Call) => Call {
  return function hide({ operation, args: { [scopeKey]: scope = 'live', ...args } }) {
    switch (operation) {
      case 'create':
      case 'createMany':
      case 'createManyAndReturn':
        return { operation, args }
      case 'delete':
      case 'deleteMany':
        return scope === 'force'
          ? { operation, args }
          : {
              operation: operation === 'delete' ? 'update' : 'updateMany',
              args: {
                ...args,
                where: within(args['where'], 'live'),
                data: { [field]: new Date(clock.now()) },
              },
            }
      default:
        return { operation, args: { ...args, where: within(args['where'], scope as Scope) } }
    }
  }

  function within(where: unknown, scope: Scope): unknown {
    if (scope === 'with' || scope === 'force') return where ?? {}
    const condition = scope === 'live' ? null : { not: null }
    const own = (where ?? {}) as Shape
    // Flat where possible: Prisma batches `findUnique` calls only while their `where` is flat.
    if (!(field in own)) return { ...own, [field]: condition }
    return { ...own, AND: [...[own['AND'] ?? []].flat(), { [field]: condition }] }
  }
}
