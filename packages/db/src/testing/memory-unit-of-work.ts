import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunOptions, UnitOfWork } from '@fastkit/contracts'
import { createEffects, type EffectOptions } from '../context/effects.ts'
import { type JoinableLevel, join, requireLevel } from '../context/join.ts'
import type { Effect } from '../context/level.ts'

/** A unit of work over data in memory, for tests. Transactions take turns, as they do on SQLite. */
export interface MemoryUnitOfWork extends UnitOfWork {
  /** Takes part in rollbacks: `save` is called at the start of each level and returns what restores that state. */
  enlist(save: () => () => void): void
}

interface Level extends JoinableLevel {
  ended: boolean
}

export function memoryUnitOfWork(options: EffectOptions = {}): MemoryUnitOfWork {
  const levels = new AsyncLocalStorage<Level | undefined>()
  const participants: (() => () => void)[] = []
  const effects = createEffects({ enter: (_level, run) => levels.run(undefined, run) }, options)
  let turn: Promise<unknown> = Promise.resolve()

  return { run, savepoint, active: () => levels.getStore() !== undefined, afterCommit, enlist }

  function enlist(save: () => () => void): void {
    participants.push(save)
  }

  async function run<T>(fn: () => Promise<T>, runOptions: RunOptions = {}): Promise<T> {
    const outer = levels.getStore()
    if (outer) return join(outer, fn, runOptions)
    const root = { committed: false }
    const mine = turn.then(() => runLevel({ effects: [], root, ended: false }, fn))
    turn = mine.catch(() => {})
    const { result, queued } = await mine
    root.committed = true
    await effects.run(queued)
    return result
  }

  async function savepoint<T>(fn: () => Promise<T>): Promise<T> {
    const outer = requireLevel(levels.getStore())
    const { result, queued } = await runLevel({ effects: [], root: outer.root, ended: false }, fn)
    outer.effects.push(...queued)
    return result
  }

  function afterCommit(fn: Effect): Promise<void> {
    return effects.schedule(levels.getStore(), fn)
  }

  async function runLevel<T>(level: Level, fn: () => Promise<T>): Promise<{ result: T; queued: Effect[] }> {
    const restore = participants.map((save) => save())
    try {
      return { result: await levels.run(level, async () => await fn()), queued: level.effects }
    } catch (error) {
      for (const each of restore) each()
      throw error
    } finally {
      level.ended = true
    }
  }
}
