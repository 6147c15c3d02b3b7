import type { CacheEntry } from '../store.ts'
import { fromText, toText } from '../values/text.ts'

/** What is written for an entry: a checksum, what the store needs to know, the value. */
export function writeEnvelope(key: string, { value, staleMs, tags }: CacheEntry): string {
  const text = `${JSON.stringify({ v: 1, s: Math.ceil(staleMs), t: tags })}\n${toText(value)}`
  return `${checksum(key, text)}\n${text}`
}

export interface Envelope {
  readonly value: unknown
  readonly bytes: number
  readonly staleMs: number
  readonly tags: readonly string[]
}

/**
 * Reads what stands in Redis under a key, after its first line. Undefined for what is not ours or of another version;
 * `forged` for what looks like ours and is of another key, or damaged.
 */
export function readEnvelope(key: string, stored: string): Envelope | 'forged' | undefined {
  const sum = stored.indexOf('\n') + 1
  const head = stored.indexOf('\n', sum) + 1
  const body = stored.indexOf('\n', head) + 1
  if (sum === 0 || head === 0 || body === 0) return undefined
  const claimed = stored.slice(sum, head - 1)
  if (!/^[0-9a-z]{1,7}$/.test(claimed)) return undefined
  if (claimed !== checksum(key, stored.slice(head))) return 'forged'
  try {
    const { v, s, t } = JSON.parse(stored.slice(head, body - 1)) as {
      v: unknown
      s: number
      t: readonly string[]
    }
    if (v !== 1) return undefined
    return { value: fromText(stored.slice(body)), bytes: stored.length, staleMs: s, tags: t }
  } catch {
    return undefined
  }
}

/** FNV-1a over UTF-16: finds any single change, and of others all but one in four thousand million. */
function checksum(key: string, text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ 0x10000, 0x01000193)
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
