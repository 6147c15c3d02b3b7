import { expect } from 'vitest'
import {
  translateCommitError,
  translateDatabaseError,
} from '../../src/database-errors/translate-database-error.ts'
import type { DbError } from '../../src/errors.ts'

/** What a call becomes that has to fail within `limitMs` and what a busy machine takes on top. */
export async function failsWithin(limitMs: number, call: () => Promise<unknown>): Promise<DbError> {
  return failsIn(limitMs, call, translateDatabaseError)
}

/** The same for a call that fails in COMMIT. */
export async function commitFailsWithin(limitMs: number, call: () => Promise<unknown>): Promise<DbError> {
  return failsIn(limitMs, call, translateCommitError)
}

async function failsIn(
  limitMs: number,
  call: () => Promise<unknown>,
  translate: (error: unknown) => unknown,
): Promise<DbError> {
  const start = performance.now()
  const error = await call().then(
    () => new Error('This call was meant to fail'),
    (thrown: unknown) => translate(thrown),
  )
  const tookMs = performance.now() - start
  expect(tookMs).toBeLessThan(limitMs + 1500)
  return error as DbError
}
