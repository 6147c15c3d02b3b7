import type { Ambient } from './ambient.ts'
import { createLevel, type Effect, type Level, type TransactionClient } from './level.ts'

/** What a level returned, and what it wants to happen after the commit. */
export interface LevelResult<T> {
  readonly result: T
  readonly queued: readonly Effect[]
}

/** Runs a function in a level, and ends the level after it. */
export async function runLevel<T>(
  ambient: Ambient,
  level: Level,
  fn: () => Promise<T>,
): Promise<LevelResult<T>> {
  try {
    return { result: await ambient.enter(level, fn), queued: level.effects }
  } finally {
    await level.end()
  }
}

/** Runs a function in a savepoint of a level. What it queued for the commit is dropped with it when it throws. */
export async function runSavepoint<T>(
  ambient: Ambient,
  outer: Level,
  fn: (tx: TransactionClient) => Promise<T>,
): Promise<T> {
  const { result, queued } = await outer.exclusively(() =>
    ambient.transact(outer.tx, (tx) => runLevel(ambient, createLevel(tx, outer.root), () => fn(tx))),
  )
  outer.effects.push(...queued)
  return result
}
