import type { IdempotencyStore, StoredResponse } from '@fastkit/contracts'
import { toBase64 } from '../base64.ts'
import { HttpError } from '../errors.ts'

export interface ClaimOptions {
  readonly store: IdempotencyStore
  readonly key: string
  readonly hash: string
  readonly leaseMs: number
  /** How long to wait for a twin that is under way. */
  readonly waitMs: number
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined
}

/** Either the answer of a twin, or the right to make one. */
export type Claimed = { readonly response: StoredResponse } | { readonly token: string }

/**
 * Claims a key, and waits for a twin that has it.
 *
 * @throws HttpError `IDEMPOTENCY_MISMATCH`; `IDEMPOTENCY_IN_PROGRESS` after `waitMs`; `UNAVAILABLE` when the store fails
 */
export async function claim({ store, key, hash, leaseMs, waitMs, signal }: ClaimOptions): Promise<Claimed> {
  const endsAtMs = performance.now() + waitMs
  for (let pauseMs = 20; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const claimed = await begin()
    if (claimed.state === 'new') return { token: claimed.token }
    if (claimed.state === 'done') return { response: claimed.response }
    if (claimed.state === 'mismatch') {
      throw new HttpError('IDEMPOTENCY_MISMATCH', 'This Idempotency-Key belongs to another request')
    }
    const leftMs = endsAtMs - performance.now()
    if (leftMs <= 0 || signal?.aborted) {
      throw new HttpError('IDEMPOTENCY_IN_PROGRESS', 'The same request is under way', { retryAfterMs: 1000 })
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, leftMs)))
  }

  async function begin() {
    try {
      return await store.begin(key, hash, leaseMs)
    } catch (cause) {
      // Without the store nobody knows whether this would be the second time.
      throw new HttpError('UNAVAILABLE', 'Try again later', { cause })
    }
  }
}

const longestPauseMs = 250

/** Reads an `Idempotency-Key`, in quotes (as the draft has it) or without. @throws HttpError `IDEMPOTENCY_KEY_INVALID` */
export function readKey(header: string): string {
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new HttpError('IDEMPOTENCY_KEY_INVALID', 'An Idempotency-Key has 1 to 255 visible ASCII characters')
  }
  return key
}

/** Tells requests apart: where they went, with everything in the query, and what they carried. */
export async function hashRequest(pathAndQuery: string, body: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`${pathAndQuery}\n`)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
