import type { ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

/** Makes rows invisible where the field is set, and a deletion set it. */
export function softDeleteRules(field: string): ModelRules {
  const live = { [field]: null }
  return { exists: () => live, delete: (now) => ({ [field]: now }) }
}

/**
 * Which rows a call is about. Travels as an argument of the call, since nothing else reaches a query hook.
 *
 * `force` makes a deletion real, of live and deleted rows. `restore` is an update of deleted ones.
 */
export type Scope = 'with' | 'only' | 'force' | 'restore'

/** Makes the name of the argument that carries the scope: one nobody can guess, or JSON could ask for deleted rows. */
export function createScopeKey(): string {
  return `~deleted:${crypto.randomUUID()}`
}

/** What takes the place of the condition that rows are live; `undefined` lifts it. */
export function scopeCondition(field: string, scope: Scope): Shape {
  return { [field]: scope === 'only' || scope === 'restore' ? { not: null } : undefined }
}
