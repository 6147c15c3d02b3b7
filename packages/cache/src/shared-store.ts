import type { CacheStore } from './store.ts'

/** A store for many processes, which tells each what the others change. */
export interface SharedCacheStore extends CacheStore {
  /** Returns what ends it. */
  listen(listener: ChangeListener): () => void
}

export interface ChangeListener {
  changed(change: StoreChange): void
  /** Called when changes are heard of from now on; those before may have been missed. */
  connected(): void
  /** Called when changes may be missed from now on. */
  lost(): void
}

export type StoreChange =
  | { readonly keys: readonly string[] }
  | { readonly tags: readonly string[] }
  | { readonly group: string }
  | { readonly pattern: readonly string[] }
