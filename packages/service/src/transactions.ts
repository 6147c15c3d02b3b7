import type { RunOptions } from '@fastkit/contracts'
import type { Drive } from './steps.ts'

/** A unit of work of either face: what it returns is for `Drive`. */
export interface Transactions {
  /** Whether each statement is committed at once, and nothing is undone. */
  readonly areNone?: boolean
  run(fn: () => unknown, options?: RunOptions): unknown
  savepoint(fn: () => unknown): unknown
  active(): boolean
  afterCommit(fn: () => unknown): unknown
}

/** Where there is no unit of work: every statement is committed at once, and so are the effects due. */
export function noTransactions(drive: Drive, onEffectError?: (error: unknown) => void): Transactions {
  return {
    areNone: true,
    run: (fn) => fn(),
    savepoint: (fn) => fn(),
    active: () => false,
    afterCommit: (fn) => drive(effect(fn)),
  }

  function* effect(fn: () => unknown) {
    try {
      yield fn()
    } catch (error) {
      try {
        yield onEffectError?.(error)
      } catch {
        // There is nobody left to tell.
      }
    }
  }
}
