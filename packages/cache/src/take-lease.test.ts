import { expect, test, vi } from 'vitest'
import { asyncStore } from './async-store.ts'
import { memoryStore } from './memory-store.ts'
import { takeLease } from './take-lease.ts'

test('a schema that throws does not leave the others waiting for the lease', async () => {
  const release = vi.fn(async () => undefined)
  const store = { ...asyncStore(memoryStore()), lease: async () => ({ release }) }
  await store.set('a', { value: 1, bytes: 8, ttlMs: 1000, staleMs: 0, tags: [] })
  const isUsable = async () => {
    throw new Error('a schema threw')
  }
  await expect(takeLease(store, 'a', 1000, () => undefined, isUsable)).rejects.toThrow('a schema threw')
  expect(release).toHaveBeenCalledOnce()
})
