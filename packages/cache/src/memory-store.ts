import { LRUCache } from 'lru-cache'
import { createChanges } from './changes.ts'
import { CacheError } from './errors.ts'
import { matches } from './keys/pattern.ts'
import { createMarks, type Mark, type Scope } from './marks.ts'
import {
  type CacheEntry,
  type CacheHit,
  type Fence,
  groupOf,
  type SetOutcome,
  type SyncCacheStore,
} from './store.ts'

export interface MemoryStoreOptions {
  /** Entries kept before the least recently used is dropped, up to 16,777,216. There is room for all at once. @default 1000 */
  readonly maxEntries?: number
  /** Bytes that the values may take together, about; a larger value is not kept. Absent: as much as they take. */
  readonly maxBytes?: number
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/** Keeps values in this process. Those that nobody reads any more leave when others are set; there is no timer. */
export function memoryStore(options: MemoryStoreOptions = {}): SyncCacheStore {
  const { maxEntries = 1000, maxBytes, now = () => performance.now() } = options
  checkBound('maxEntries', maxEntries, mostEntries)
  if (maxBytes !== undefined) checkBound('maxBytes', maxBytes)
  const rows = new LRUCache<string, Row>({
    max: maxEntries,
    ...(maxBytes !== undefined && { maxSize: maxBytes }),
  })
  // To be read only. The cache's own iterators look up each key once more, and take six times as long.
  const { keyMap } = LRUCache.unsafeExposeInternals(rows)
  const groups = createMarks()
  const tagged = createMarks()
  const changes = createChanges()
  /** Of the key before: that of the next is most often the same, and need not be looked for. */
  let lastGroup: { readonly start: string; readonly mark: Mark } | undefined
  let sweeper: Iterator<string> | undefined
  let toSweep = 0
  let untilSweep = sweepSize

  return {
    sync: true,
    get,
    fence,
    set,
    delete: remove,
    deletePattern,
    deleteGroup,
    invalidateTags,
    clear,
    close: clear,
  }

  function get(key: string): CacheHit | undefined {
    const row = rows.get(key)
    if (row === undefined) return undefined
    const staleForMs = row.freshUntil === forever ? 0 : Math.max(0, Math.floor(now() - row.freshUntil) + 1)
    if (staleForMs <= row.scope.staleMs && areValid(row.scope.marks)) {
      return { value: row.value, staleForMs }
    }
    rows.delete(key)
    return undefined
  }

  function fence(key: string, tags: readonly string[]): MemoryFence {
    return new MemoryFence(changes.latest(), marksOf(key, tags))
  }

  function set(key: string, entry: CacheEntry, begun?: Fence): SetOutcome {
    const fence = begun as MemoryFence | undefined
    const { value, ttlMs, staleMs, tags, bytes } = entry
    const foreseen = fence !== undefined && fence.marks.length === tags.length + 1
    if (fence && (changes.since(key, fence.at) || !areValid(fence.marks))) return 'outdated'
    if (fence && !foreseen && changes.ofTagsSince(fence.at)) return 'outdated'
    if (!fence) changes.note(key)
    const freshUntil = ttlMs === Number.POSITIVE_INFINITY ? forever : Math.ceil(now() + ttlMs)
    const scope = scopeOf(foreseen ? fence.marks : marksOf(key, tags), staleMs)
    rows.set(key, { value, freshUntil, scope }, maxBytes === undefined ? {} : { size: Math.max(1, bytes) })
    sweep()
    return 'stored'
  }

  function marksOf(key: string, tags: readonly string[]): readonly Mark[] {
    const group = groupMark(key)
    return tags.length === 0 ? group.alone.marks : [group, ...tags.map(tagged.get)]
  }

  function groupMark(key: string): Mark {
    if (lastGroup?.mark.valid && key.startsWith(lastGroup.start)) return lastGroup.mark
    const group = groupOf(key)
    lastGroup = { start: `${group}:`, mark: groups.get(group) }
    return lastGroup.mark
  }

  function remove(keys: readonly string[]): void {
    for (const key of keys) {
      changes.note(key)
      rows.delete(key)
    }
  }

  function deletePattern(parts: readonly string[]): void {
    changes.noteAll()
    for (const key of keyMap.keys()) if (matches(key, parts)) rows.delete(key)
  }

  function deleteGroup(group: string): void {
    groups.end(group)
  }

  function invalidateTags(tags: readonly string[]): void {
    changes.noteTags()
    for (const tag of tags) tagged.end(tag)
  }

  function clear(): void {
    changes.noteAll()
    rows.clear()
  }

  /**
   * Looks at as many entries as were set, one after the other of all there are, and drops what is over. Not when there
   * is room for no more: then the oldest leaves for each that is set.
   */
  function sweep(): void {
    if (rows.size === maxEntries) {
      sweeper = undefined // while it rests, it would hold every state that the Map has been in since
    } else if (--untilSweep <= 0) {
      untilSweep = sweepSize
      sweepSome()
    }
  }

  function sweepSome(): void {
    if (sweeper === undefined) {
      sweeper = keyMap.keys()
      toSweep = keyMap.size
    }
    const time = now()
    for (let left = Math.min(sweepSize, toSweep); left > 0; left--) dropIfOver(sweeper.next().value, time)
    toSweep = Math.min(toSweep - sweepSize, keyMap.size) // less, when many were deleted
    if (toSweep <= 0) sweeper = undefined
  }

  function dropIfOver(key: string | undefined, time: number): void {
    if (key === undefined) return
    const row = rows.peek(key)
    if (row && (isExpired(row, time) || !areValid(row.scope.marks))) rows.delete(key)
  }
}

const sweepSize = 64

/** Small, since there may be a million of them. */
interface Row {
  readonly value: unknown
  /** A whole number, which takes no memory of its own. */
  readonly freshUntil: number
  readonly scope: Scope
}

const forever = -1

/** A class, not a literal: see `LoadWork`. */
class MemoryFence {
  readonly at: number
  readonly marks: readonly Mark[]

  constructor(at: number, marks: readonly Mark[]) {
    this.at = at
    this.marks = marks
  }
}

function scopeOf(marks: readonly Mark[], staleMs: number): Scope {
  const [group] = marks
  return group && marks === group.alone.marks && staleMs === 0 ? group.alone : { marks, staleMs }
}

function isExpired({ freshUntil, scope }: Row, time: number): boolean {
  return freshUntil !== forever && freshUntil + scope.staleMs <= time
}

function areValid(marks: readonly Mark[]): boolean {
  for (const { valid } of marks) if (!valid) return false
  return true
}

function checkBound(name: string, value: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return
  throw new CacheError(
    'CACHE_OPTION_INVALID',
    `${name} must be a whole number from 1 to ${most}, not ${value}`,
  )
}

/** A Map has no room for more. */
const mostEntries = 2 ** 24
