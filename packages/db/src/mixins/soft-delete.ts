import { DbError } from '../errors.ts'
import type { ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

/**
 * Makes rows invisible where the field is set, and a deletion set it. Columns that the database calculates for their
 * uniques, `emailLive`, are neither written nor shown.
 */
export function softDeleteRules(field: string, liveColumns: readonly string[] = []): ModelRules {
  const live = { [field]: null }
  const rules: ModelRules = { exists: () => live, delete: ({ now }) => ({ [field]: now }) }
  if (liveColumns.length === 0) return rules
  return { ...rules, create: refuseCalculated, update: refuseCalculated, read: () => hideCalculated }

  function refuseCalculated(data: Shape): Shape {
    const written = liveColumns.find((name) => data[name] !== undefined)
    if (written === undefined) return data
    throw new DbError('MANAGED_FIELD', `"${written}" is calculated by the database and cannot be set`)
  }

  function hideCalculated(row: Record<string, unknown>): void {
    for (const name of liveColumns) delete row[name]
  }
}

/**
 * Which rows a call is about. Travels as an argument of the call, since nothing else reaches a query hook.
 *
 * `force` makes a deletion real, of live and deleted rows. `restore` is an update of deleted ones.
 */
export type DeletedView = 'with' | 'only' | 'force' | 'restore'

/** Makes the name of the argument that carries the view: one nobody can guess, or JSON could ask for deleted rows. */
export function createViewKey(): string {
  return `~deleted:${crypto.randomUUID()}`
}

/** What takes the place of the condition that rows are live; `undefined` lifts it. */
export function viewCondition(field: string, view: DeletedView): Shape {
  return { [field]: view === 'only' || view === 'restore' ? { not: null } : undefined }
}
