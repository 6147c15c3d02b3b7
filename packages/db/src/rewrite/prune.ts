import { holds } from './rules.ts'
import type { Pruning } from './select.ts'
import { isShape, type Shape } from './shape.ts'

/** Takes out of rows what should not have come back, in place: they are fresh from the database, and may be many. */
export function prune(rows: unknown, prunings: readonly Pruning[]): void {
  if (Array.isArray(rows)) {
    for (const row of rows) prune(row, prunings)
  } else if (isShape(rows)) {
    for (const pruning of prunings) pruneField(rows, pruning)
  }
}

function pruneField(row: Shape, { field, exists, added, inner }: Pruning): void {
  const found = row[field]
  if (exists && isShape(found) && !holds(exists, found)) {
    ;(row as Record<string, unknown>)[field] = null
    return
  }
  prune(found, inner)
  if (isShape(found)) for (const name of added) delete (found as Record<string, unknown>)[name]
}
