import { onlyReads, pinned } from '../connections/read-your-writes.ts'
import type { ReadSession } from '../context/read-session.ts'
import { errorModelOf } from '../database-errors/error-model-of.ts'
import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { ran } from '../reading/ran.ts'
import { type Target, targetOfCall } from './target.ts'

/**
 * Runs a verb in the locale and scope of the moment. What it throws, at once or later, is a rejection, and errors of the
 * database are translated; those of the app's own callbacks, which tell locale and scope, are not.
 */
export async function runVerb<R>(
  given: Target,
  verb: (target: Target) => Promise<R>,
  options?: { readonly locale?: string },
): Promise<R> {
  const target = targetOfCall(given, options)
  try {
    return ran(await verb(target))
  } catch (error) {
    throw translated(error, target)
  }
}

/** Translates errors within a verb, for one that looks at their codes. */
export async function translating<R>(target: Target, work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    throw translated(error, target)
  }
}

function translated(error: unknown, { source: { model } }: Target): unknown {
  return translateDatabaseError(error, errorModelOf(model))
}

/** Runs statements that only read on the client of the moment: with replicas, all of them go to one. Translates no errors. */
export function reading<R>(target: Target, statements: (client: object) => Promise<R>): Promise<R> {
  return inSession(target, onlyReads, statements)
}

/** The same for statements of which one writes: with replicas, what the others read must not be behind. */
export function writing<R>(target: Target, statements: (client: object) => Promise<R>): Promise<R> {
  return inSession(target, pinned, statements)
}

function inSession<R>(
  { client, sessions }: Target,
  kind: Partial<ReadSession>,
  statements: (client: object) => Promise<R>,
): Promise<R> {
  const current = client()
  return sessions ? sessions.enter(kind, () => statements(current)) : statements(current)
}
