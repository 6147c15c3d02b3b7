import { AsyncLocalStorage } from 'node:async_hooks'
import { ServiceError } from '../errors.ts'

/** How deep calls of a service may be within each other, by way of their hooks. */
const maxDepth = 16

interface Level {
  readonly depth: number
  /** What a call leaves running behind is not within it. */
  over: boolean
}

/** Counts the calls that a call is within. */
export interface Depth {
  /** Runs a call one level deeper. @throws ServiceError `HOOK_DEPTH` */
  deeper<T>(call: (end: () => void) => T): T
}

export function createDepth(): Depth {
  const levels = new AsyncLocalStorage<Level>()

  return {
    deeper(call) {
      const outer = levels.getStore()
      const depth = outer && !outer.over ? outer.depth + 1 : 1
      if (depth > maxDepth) {
        throw new ServiceError('HOOK_DEPTH', `Hooks called this service ${maxDepth} times within each other`)
      }
      const level: Level = { depth, over: false }
      return levels.run(level, () =>
        call(() => {
          level.over = true
        }),
      )
    },
  }
}
