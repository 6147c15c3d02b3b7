/** Remembers which requests have been made, and how they were answered. */
export interface IdempotencyStore {
  /**
   * Claims a key, in one step: of many who ask at the same time, one is `new`. Whoever is has `leaseMs` to finish; after
   * that the key is free again.
   *
   * @param hash Of the request: the same key with another hash is a `mismatch`.
   */
  begin(key: string, hash: string, leaseMs: number): Promise<IdempotencyClaim>
  /** Keeps the answer for `ttlMs`. Does nothing when the lease has passed to another. */
  finish(token: string, response: StoredResponse, ttlMs: number): Promise<void>
  /** Frees the key. Does nothing when the lease has passed to another. */
  abandon(token: string): Promise<void>
}

export type IdempotencyClaim =
  | { readonly state: 'new'; readonly token: string }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly response: StoredResponse }
  | { readonly state: 'mismatch' }

/** An answer, as plain JSON. */
export interface StoredResponse {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Base64. */
  readonly body: string
}
