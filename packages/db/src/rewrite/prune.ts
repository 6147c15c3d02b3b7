import { holds, type ReadRow } from './rules.ts'
import type { Pruning } from './select.ts'
import { isShape, type Shape } from './shape.ts'

/** Makes rows what they are read as, without what should not have come back. In place: they are fresh, and may be many. */
export function prune(rows: unknown, prunings: readonly Pruning[], read?: ReadRow): void {
  if (Array.isArray(rows)) {
    for (const row of rows) prune(row, prunings, read)
  } else if (isShape(rows)) {
    read?.(rows as Record<string, unknown>)
    for (const pruning of prunings) pruneField(rows, pruning)
  }
}

function pruneField(row: Shape, { field, exists, added, read, inner }: Pruning): void {
  const found = row[field]
  if (exists && isShape(found) && !holds(exists, found)) {
    ;(row as Record<string, unknown>)[field] = null
    return
  }
  prune(found, inner, read)
  if (isShape(found)) for (const name of added) delete (found as Record<string, unknown>)[name]
}
