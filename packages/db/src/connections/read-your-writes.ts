import type { ReadScopes } from '../context/read-scope.ts'

/** A string, since Prisma drops symbols here. */
export const scopesKey = '$fastkitReadScopes'

/**
 * Sends reads to the primary once something was written: for `windowMs` of `readReplicas`, as long as they are made in
 * `fn`. Meant for a request: `app.use((c, next) => readYourWrites(prisma, next))`.
 *
 * Until then, all its reads go to the same replica. For a client without replicas it just calls `fn`.
 */
export async function readYourWrites<T>(client: object, fn: () => PromiseLike<T>): Promise<T> {
  return await (scopesOf(client)?.enter({}, fn) ?? fn())
}

/** Sends every read made in `fn` to the primary: for those that must not be a moment behind. */
export async function onPrimary<T>(client: object, fn: () => PromiseLike<T>): Promise<T> {
  return await (scopesOf(client)?.enter({ pinnedUntilMs: Number.POSITIVE_INFINITY }, fn) ?? fn())
}

/** Takes several statements for one read, raw ones included: all go to the primary, or all to one replica. */
export function asOneRead<T>(client: object, fn: () => Promise<T>): Promise<T> {
  return scopesOf(client)?.enter({ onlyReads: true }, fn) ?? fn()
}

/** The scopes of a client with replicas. */
export function scopesOf(client: object): ReadScopes | undefined {
  return (client as { [scopesKey]?: ReadScopes })[scopesKey]
}
