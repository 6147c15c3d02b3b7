import type { IdempotencyStore, StoredResponse } from '@fastkit/contracts'

export interface MemoryIdempotencyStoreOptions {
  /** Keys kept at most. Beyond it the oldest answers are forgotten; what is under way never is. @default 10000 */
  readonly maxKeys?: number
  /** Of all answers together, as they are kept: a third more than was sent. Beyond it as well. @default 64 MiB */
  readonly maxBytes?: number
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/** Remembers in this process: twins that reach another process are not seen. */
export function memoryIdempotencyStore(options: MemoryIdempotencyStoreOptions = {}): IdempotencyStore {
  const { maxKeys = 10_000, maxBytes = 2 ** 26, now = () => performance.now() } = options
  const rows = new Map<string, Row>()
  const keys = new Map<string, string>()
  let bytes = 0

  return {
    async begin(key, hash, leaseMs) {
      const row = rows.get(key)
      if (row && row.endsAtMs > now()) {
        if (row.hash !== hash) return { state: 'mismatch' }
        return row.response ? { state: 'done', response: row.response } : { state: 'running' }
      }
      if (row) remove(key, row)
      const token = crypto.randomUUID()
      rows.set(key, { token, hash, endsAtMs: now() + leaseMs })
      keys.set(token, key)
      dropOldest()
      return { state: 'new', token }
    },
    async finish(token, response, ttlMs) {
      const [key, row] = find(token)
      if (key === undefined || !row) return
      rows.set(key, { ...row, response, endsAtMs: now() + ttlMs })
      bytes += sizeOf(response) - sizeOf(row.response)
      dropOldest()
    },
    async abandon(token) {
      const [key, row] = find(token)
      if (key !== undefined && row) remove(key, row)
    },
  }

  function find(token: string): [string | undefined, Row | undefined] {
    const key = keys.get(token)
    return [key, key === undefined ? undefined : rows.get(key)]
  }

  function remove(key: string, row: Row): void {
    rows.delete(key)
    keys.delete(row.token)
    bytes -= sizeOf(row.response)
  }

  function dropOldest(): void {
    if (rows.size <= maxKeys && bytes <= maxBytes) return
    for (const [key, row] of rows) {
      if (!row.response && row.endsAtMs > now()) continue
      remove(key, row)
      if (rows.size <= maxKeys && bytes <= maxBytes) return
    }
  }
}

function sizeOf(response: StoredResponse | undefined): number {
  return response?.body.length ?? 0
}

interface Row {
  readonly token: string
  readonly hash: string
  /** Of the lease, later of the answer. */
  readonly endsAtMs: number
  readonly response?: StoredResponse
}
