import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunOptions, UnitOfWork } from '@fastkit/contracts'
import { createEffects, type EffectOptions } from '../context/effects.ts'
import { join, requireLevel, requireOpen } from '../context/join.ts'
import { createLevel, type Effect, type Level } from '../context/level.ts'

/**
 * A unit of work over data in memory, for tests. Transactions take turns, as they do on SQLite: a call outside waits
 * for the one at hand.
 */
export interface MemoryUnitOfWork extends UnitOfWork {
  /**
   * Takes part in rollbacks: `save` is called at the start of each level and returns what restores that state. What
   * comes back makes calls join the transaction they are made in.
   */
  enlist(save: () => () => void): Joining
}

/** The same calls, each in the transaction it is made in. */
export type Joining = <Verbs extends Calls<Verbs>>(verbs: Verbs) => Verbs

type Calls<Verbs> = { readonly [Name in keyof Verbs]: (...args: never[]) => Promise<unknown> }

type MemoryLevel = Level<undefined, { committed: boolean }>

export function memoryUnitOfWork(options: EffectOptions = {}): MemoryUnitOfWork {
  const levels = new AsyncLocalStorage<MemoryLevel | undefined>()
  const participants: (() => () => void)[] = []
  const effects = createEffects({ enter: (_level, run) => levels.run(undefined, run) }, options)
  let turn: Promise<unknown> = Promise.resolve()

  return { run, savepoint, active: () => levels.getStore() !== undefined, afterCommit, enlist }

  function enlist(save: () => () => void): Joining {
    participants.push(save)
    return joining
  }

  function joining<Verbs extends Calls<Verbs>>(verbs: Verbs): Verbs {
    const entries = Object.entries<(...args: never[]) => Promise<unknown>>(verbs)
    return Object.fromEntries(
      entries.map(([name, verb]) => [name, (...args: never[]) => call(() => verb(...args))]),
    ) as Verbs
  }

  async function call<T>(verb: () => Promise<T>): Promise<T> {
    const level = levels.getStore()
    if (!level) return inTurn(verb)
    requireOpen(level)
    return level.call(verb)
  }

  async function run<T>(fn: () => Promise<T>, runOptions: RunOptions = {}): Promise<T> {
    const outer = levels.getStore()
    if (outer) return join(outer, fn, runOptions)
    const root = { committed: false }
    const { result, queued } = await inTurn(() => runLevel(createLevel(undefined, root), fn))
    root.committed = true
    await effects.run(queued)
    return result
  }

  async function savepoint<T>(fn: () => Promise<T>): Promise<T> {
    const outer = requireLevel(levels.getStore())
    const { result, queued } = await outer.exclusively(() => runLevel(createLevel(undefined, outer.root), fn))
    outer.effects.push(...queued)
    return result
  }

  function afterCommit(fn: Effect): Promise<void> {
    return effects.schedule(levels.getStore(), fn)
  }

  async function runLevel<T>(
    level: MemoryLevel,
    fn: () => Promise<T>,
  ): Promise<{ result: T; queued: readonly Effect[] }> {
    const restore = participants.map((save) => save())
    try {
      const result = await levels.run(level, async () => await fn()).finally(level.end)
      return { result, queued: level.effects }
    } catch (error) {
      for (const each of restore) each()
      throw error
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
}
