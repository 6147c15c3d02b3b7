import type { CacheStore, SyncCacheStore } from './store.ts'

/** Gives a store in memory the verbs of one that has to be waited for. */
export function asyncStore(store: SyncCacheStore): CacheStore {
  return {
    peek: store.get,
    get: async (key) => store.get(key),
    getMany: async (keys) => keys.map(store.get),
    fence: async (key, tags) => store.fence(key, tags),
    set: async (key, entry, fence) => store.set(key, entry, fence),
    delete: async (keys) => store.delete(keys),
    deletePattern: async (parts) => store.deletePattern(parts),
    deleteGroup: async (group) => store.deleteGroup(group),
    invalidateTags: async (tags) => store.invalidateTags(tags),
    clear: async () => store.clear(),
    close: async () => store.close(),
  }
}
