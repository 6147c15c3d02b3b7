import { onlyReads, pinned } from '../connections/read-your-writes.ts'
import type { ReadSession } from '../context/read-session.ts'
import { errorModelOf } from '../database-errors/error-model-of.ts'
import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import type { Target } from './target.ts'

/** Runs what a verb does. Its mistakes, also those made at once, are rejections; what the database throws is translated. */
export async function run<R>({ source: { model } }: Target, work: () => Promise<R>): Promise<R> {
  let result: R
  try {
    result = await work()
  } catch (error) {
    throw translateDatabaseError(error, errorModelOf(model))
  }
  if (result !== undefined) return result
  // Prisma makes a batch of the calls of one tick in its own `$transaction`, and leaves those after a failure out.
  throw new DbError('DATABASE_ERROR', 'Prisma did not run this call, since another one beside it failed')
}

/** Runs statements that only read on the client of the moment: with replicas, all of them go to one. */
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
