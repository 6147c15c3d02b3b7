import { onlyReads, pinned } from '../connections/read-your-writes.ts'
import type { ReadSession } from '../context/read-session.ts'
import { errorModelOf } from '../database-errors/error-model-of.ts'
import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { ran } from '../reading/ran.ts'
import type { Target } from './target.ts'

/** Runs a verb. What it throws, at once or later, is a rejection, and errors of the database are translated. */
export async function runVerb<R>({ source: { model } }: Target, work: () => Promise<R>): Promise<R> {
  try {
    return ran(await work())
  } catch (error) {
    throw translateDatabaseError(error, errorModelOf(model))
  }
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
