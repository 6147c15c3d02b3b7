import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunOptions, UnitOfWork } from '@fastkit/contracts'

/** A unit of work that undoes nothing, and writes down what it is asked for. */
export function fakeUnitOfWork(
  calls: [string, ...unknown[]][],
): UnitOfWork & { readonly reported: unknown[] } {
  const inside = new AsyncLocalStorage<(() => void | Promise<void>)[]>()
  const reported: unknown[] = []
  return {
    reported,
    active: () => inside.getStore() !== undefined,
    async run(fn, options?: RunOptions) {
      if (inside.getStore()) {
        if (options) throw new Error('A joined run takes no options')
        return fn()
      }
      calls.push(['begin', ...(options ? [options] : [])])
      const effects: (() => void | Promise<void>)[] = []
      let result: Awaited<ReturnType<typeof fn>>
      try {
        result = await inside.run(effects, fn)
      } catch (error) {
        calls.push(['rollback'])
        throw error
      }
      calls.push(['commit'])
      for (const effect of effects) await settle(effect)
      return result
    },
    async savepoint(fn) {
      calls.push(['savepoint'])
      return fn()
    },
    async afterCommit(effect) {
      const effects = inside.getStore()
      if (effects) effects.push(effect)
      else await settle(effect)
    },
  }

  async function settle(effect: () => void | Promise<void>): Promise<void> {
    try {
      await inside.exit(effect)
    } catch (error) {
      reported.push(error)
    }
  }
}
