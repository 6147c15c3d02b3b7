import { AsyncLocalStorage } from 'node:async_hooks'

/** What the reads made in some code have in common. */
export interface ReadSession {
  /** Until when they go to the primary, on the clock of `ReadSessions`. */
  pinnedUntilMs: number
  /** Where they go otherwise: to one replica, since another might show an older state than was seen before. */
  replica?: object | undefined
  /** Nothing in it writes, not even what is raw SQL. */
  readonly onlyReads: boolean
  readonly outer: ReadSession | undefined
}

export interface ReadSessions {
  /** Where reads may go to. */
  readonly replicas: readonly object[]
  current(): ReadSession | undefined
  enter<T>(kind: Partial<ReadSession>, run: () => PromiseLike<T>): Promise<T>
  /** Sends the reads of a session, and of those around it, to the primary. */
  pin(session: ReadSession | undefined): void
  pinned(session: ReadSession | undefined): boolean
}

/** Makes the sessions of one client. `windowMs` is how long a write sends reads to the primary. */
export function createReadSessions(
  replicas: readonly object[],
  { windowMs, now }: { readonly windowMs: number; readonly now: () => number },
): ReadSessions {
  const storage = new AsyncLocalStorage<ReadSession>()
  return {
    replicas,
    current: () => storage.getStore(),
    enter(kind, run) {
      const outer = storage.getStore()
      // `await` within: Prisma's promises start when they are awaited, which must not happen outside.
      return storage.run({ pinnedUntilMs: 0, onlyReads: false, ...kind, outer }, async () => await run())
    },
    pin(session) {
      const untilMs = now() + windowMs
      for (const each of withOuter(session)) each.pinnedUntilMs = Math.max(each.pinnedUntilMs, untilMs)
    },
    pinned: (session) => withOuter(session).some(({ pinnedUntilMs }) => pinnedUntilMs > now()),
  }
}

/** A session and those around it, the outermost last. */
export function withOuter(session: ReadSession | undefined): ReadSession[] {
  const sessions: ReadSession[] = []
  for (let each = session; each; each = each.outer) sessions.push(each)
  return sessions
}
