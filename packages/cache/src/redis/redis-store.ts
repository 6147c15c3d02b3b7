import type { RedisPort } from '@fastkit/contracts'
import { CacheError } from '../errors.ts'
import type { SharedCacheStore, StoreChange } from '../shared-store.ts'
import {
  type CacheEntry,
  type CacheHit,
  type Fence,
  type FenceOptions,
  groupOf,
  type Lease,
  type SetOutcome,
} from '../store.ts'
import { changeOf, everything } from './change.ts'
import { checkPrefix } from './check-prefix.ts'
import { createDebts } from './debts.ts'
import { deleteKeysLike } from './delete-keys-like.ts'
import { readEnvelope, writeEnvelope } from './envelope.ts'
import type { GuardedRedis } from './guard-redis.ts'
import { runScript } from './run-script.ts'
import { deleteIf, readEntries, readVersions, writeEntry } from './scripts.ts'

export interface RedisStoreOptions {
  /**
   * What all keys begin with, followed by a colon: letters, digits, `.`, `_`, `-`, and braces for Redis Cluster. Stores
   * with the same prefix share their entries; `clear` deletes nothing else.
   */
  readonly prefix: string
}

/**
 * Keeps values in Redis 6 or later, for all processes.
 *
 * When Redis does not answer everything is a miss. What was to be invalidated meanwhile is made up for before anything is
 * read again, by this process; others may see the old values until then, for their time at most.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`
 */
export function redisStore(
  port: RedisPort & Partial<Pick<GuardedRedis, 'distrust'>>,
  { prefix }: RedisStoreOptions,
): SharedCacheStore {
  checkPrefix(prefix)
  const id = crypto.randomUUID()
  let made = 0
  /** Unlike any other of any process. A UUID each would take longer than all else that makes a command. */
  const newToken = () => `${id}.${++made}`
  const channel = `${prefix}:changes`
  const debts = createDebts(apply)
  const dataKey = (key: string) => `${prefix}:k:${key}`
  const loadKey = (key: string) => `${prefix}:f:${key}`
  const leaseKey = (key: string) => `${prefix}:l:${key}`
  const groupKey = (group: string) => `${prefix}:g:${group.replace(/[%\p{Cc}]/gu, encodeURIComponent)}`
  const tagKey = (tag: string) => `${prefix}:t:${tag}`
  const patternsKey = `${prefix}:patterns`

  return {
    get: async (key) => (await read([key]))[0],
    getMany,
    fence,
    set,
    delete: (keys) => applyOrOwe({ keys }),
    deletePattern: (pattern) => applyOrOwe({ pattern }),
    deleteGroup: (group) => applyOrOwe({ group }),
    invalidateTags: (tags) => applyOrOwe({ tags }),
    clear: () => applyOrOwe(everything),
    close: async () => debts.close(),
    lease,
    listen,
  }

  async function getMany(keys: readonly string[]): Promise<(CacheHit | undefined)[]> {
    const parts = chunks(keys, 200)
    return (await Promise.all(parts.map(read))).flat()
  }

  async function read(keys: readonly string[]): Promise<(CacheHit | undefined)[]> {
    try {
      if (debts.owing() && !(await debts.pay())) return keys.map(() => undefined)
      const reply = await runScript(port, readEntries, keys.map(dataKey), [])
      if (Array.isArray(reply) && reply.length === 2 * keys.length) {
        return keys.map((key, at) => hitOf(key, reply[2 * at], reply[2 * at + 1]))
      }
      port.distrust?.()
    } catch {
      // the port has reported it
    }
    return keys.map(() => undefined)
  }

  function hitOf(key: string, text: unknown, leftMs: unknown): CacheHit | undefined {
    if (typeof text !== 'string' || typeof leftMs !== 'number' || leftMs === -2) return undefined
    const envelope = readEnvelope(key, text)
    if (envelope === 'forged') port.distrust?.()
    if (envelope === undefined || envelope === 'forged') return undefined
    const { staleMs } = envelope
    const ttlMs = leftMs === -1 ? Number.POSITIVE_INFINITY : Math.max(0, leftMs - staleMs)
    const staleForMs = ttlMs > 0 ? 0 : staleMs - leftMs + 1
    const rest: CacheEntry = { ...envelope, ttlMs, staleMs: ttlMs > 0 ? staleMs : leftMs }
    return { value: envelope.value, staleForMs, rest }
  }

  async function fence(
    key: string,
    tags: readonly string[],
    { supersedes = false }: FenceOptions = {},
  ): Promise<Fence> {
    try {
      if (debts.owing() && !(await debts.pay())) return undefined
      const keys = versionKeys(key, tags)
      const values = [newToken(), String(longestLoadMs), supersedes ? '1' : '']
      const tokens = await runScript(port, readVersions, keys, values)
      if (Array.isArray(tokens) && tokens.length === keys.length) return { tokens, supersedes }
      port.distrust?.()
    } catch {
      // the port has reported it
    }
    if (supersedes) debts.add({ keys: [key] }) // Redis may have an older value
    return undefined
  }

  async function set(key: string, entry: CacheEntry, begun?: Fence): Promise<SetOutcome> {
    const keys = [dataKey(key), ...versionKeys(key, entry.tags)]
    const fence = begun as RedisFence | undefined
    const rest = fence ? ['', ...fence.tokens] : [channel, messageOf({ keys: [key] })]
    const values = [writeEnvelope(key, entry), timeOf(entry), newToken(), ...rest]
    try {
      if (debts.owing() && !(await debts.pay())) throw new Error('Redis has not heard of all changes')
      return (await runScript(port, writeEntry, keys, values)) === 0 ? 'outdated' : 'stored'
    } catch {
      if (!fence || fence.supersedes) debts.add({ keys: [key] }) // Redis may have an older value
      return 'lost'
    }
  }

  function versionKeys(key: string, tags: readonly string[]): string[] {
    return [loadKey(key), patternsKey, groupKey(groupOf(key)), ...tags.map(tagKey)]
  }

  async function applyOrOwe(change: StoreChange): Promise<void> {
    await apply(change).catch(() => debts.add(change))
  }

  async function apply(change: StoreChange): Promise<void> {
    if ('keys' in change) {
      const parts = chunks(change.keys, 500)
      await Promise.all(
        parts.flatMap((keys) => [
          unlink(keys.flatMap((key) => [dataKey(key), loadKey(key), leaseKey(key)])),
          announce({ keys }),
        ]),
      )
    } else if ('pattern' in change) {
      await unlink([patternsKey])
      await deleteKeysLike(port, dataKey(''), change.pattern)
      await announce(change)
    } else {
      const keys = 'group' in change ? [groupKey(change.group)] : change.tags.map(tagKey)
      await Promise.all([unlink(keys), announce(change)])
    }
  }

  async function unlink(keys: readonly string[]): Promise<void> {
    await port.send(['UNLINK', ...keys])
  }

  /** Whoever may not publish has nobody who hears of it. The port has reported it. */
  async function announce(change: StoreChange): Promise<void> {
    await port.send(['PUBLISH', channel, messageOf(change)]).catch((error: unknown) => {
      if (!(error instanceof CacheError) || error.code !== 'CACHE_REFUSED') throw error
    })
  }

  function messageOf(change: StoreChange): string {
    return JSON.stringify({ from: id, change })
  }

  async function lease(key: string, leaseMs: number): Promise<Lease | 'taken' | undefined> {
    const token = newToken()
    const name = leaseKey(key)
    try {
      const reply = await port.send(['SET', name, token, 'NX', 'PX', String(Math.ceil(leaseMs))])
      if (reply !== 'OK') return 'taken'
    } catch {
      return undefined
    }
    return {
      async release() {
        await runScript(port, deleteIf, [name], [token]).catch(() => undefined) // it ends by itself
      },
    }
  }

  function listen(listener: Parameters<SharedCacheStore['listen']>[0]): () => void {
    return port.subscribe(channel, {
      connected: () => listener.connected(),
      lost: () => listener.lost(),
      message(text) {
        const message = parse(text)
        const change = changeOf(message?.change)
        if (change && message?.from !== id) listener.changed(change)
      },
    })
  }
}

interface RedisFence {
  /** Of the versions an entry lives by. */
  readonly tokens: readonly string[]
  readonly supersedes: boolean
}

/** A load that takes longer is not kept. */
const longestLoadMs = 600_000

/** As PX, where 0 is without end. */
function timeOf({ ttlMs, staleMs }: CacheEntry): string {
  const ms = Math.ceil(ttlMs + staleMs)
  return ms < Number.MAX_SAFE_INTEGER / 2 ? String(ms) : '0'
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size))
}

function parse(text: string): { from?: unknown; change?: unknown } | undefined {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
