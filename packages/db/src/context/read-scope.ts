import { AsyncLocalStorage } from 'node:async_hooks'

/** What the reads made in some code have in common. */
export interface ReadScope {
  /** Until when they go to the primary, on the clock of `ReadScopes`. */
  pinnedUntilMs: number
  /** Where they go otherwise: to one replica, since another might show an older state than was seen before. */
  replica?: object | undefined
  /** Nothing in it writes, not even what is raw SQL. */
  readonly onlyReads: boolean
  readonly outer: ReadScope | undefined
}

export interface ReadScopes {
  current(): ReadScope | undefined
  enter<T>(kind: Partial<ReadScope>, run: () => PromiseLike<T>): Promise<T>
  /** Sends the reads of a scope, and of those around it, to the primary. */
  pin(scope: ReadScope | undefined): void
  pinned(scope: ReadScope | undefined): boolean
}

/** Makes the scopes of one client. `windowMs` is how long a write sends reads to the primary. */
export function createReadScopes(windowMs: number, now: () => number): ReadScopes {
  const storage = new AsyncLocalStorage<ReadScope>()
  return {
    current: () => storage.getStore(),
    enter(kind, run) {
      const outer = storage.getStore()
      // `await` within: Prisma's promises start when they are awaited, which must not happen outside.
      return storage.run({ pinnedUntilMs: 0, onlyReads: false, ...kind, outer }, async () => await run())
    },
    pin(scope) {
      const untilMs = now() + windowMs
      for (const each of chain(scope)) each.pinnedUntilMs = Math.max(each.pinnedUntilMs, untilMs)
    },
    pinned: (scope) => chain(scope).some(({ pinnedUntilMs }) => pinnedUntilMs > now()),
  }
}

/** A scope and those around it, the outermost last. */
export function chain(scope: ReadScope | undefined): ReadScope[] {
  const scopes: ReadScope[] = []
  for (let each = scope; each; each = each.outer) scopes.push(each)
  return scopes
}
