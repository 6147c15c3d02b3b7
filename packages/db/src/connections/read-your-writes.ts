import type { ReadSession, ReadSessions } from '../context/read-session.ts'

/** A string, since Prisma drops symbols here. */
export const sessionsKey = '$fastkitReadSessions'

/**
 * Sends reads to the primary once something was written: for `windowMs` of `readReplicas`, as long as they are made in
 * `fn`. Meant for a request: `app.use((c, next) => readYourWrites(prisma, next))`.
 *
 * Until then, all its reads go to the same replica. For a client without replicas it just calls `fn`.
 */
export async function readYourWrites<T>(client: object, fn: () => PromiseLike<T>): Promise<T> {
  return await (readSessionsOf(client)?.enter({}, fn) ?? fn())
}

/** Sends every read made in `fn` to the primary: for those that must not be a moment behind. */
export async function onPrimary<T>(client: object, fn: () => PromiseLike<T>): Promise<T> {
  return await (readSessionsOf(client)?.enter(pinned, fn) ?? fn())
}

/** Nothing writes, raw statements included: all go to the primary, or all to one replica. */
export const onlyReads: Partial<ReadSession> = { onlyReads: true }

/** Every read goes to the primary. */
export const pinned: Partial<ReadSession> = { pinnedUntilMs: Number.POSITIVE_INFINITY }

/** The sessions of a client with replicas. */
export function readSessionsOf(client: object): ReadSessions | undefined {
  return (client as { [sessionsKey]?: ReadSessions })[sessionsKey]
}
