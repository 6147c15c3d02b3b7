import type { RedisPort } from '@fastkit/contracts'
import { sha1 } from '../node/hash.ts'

/** A program for Redis, which runs there without interruption. */
export interface Script {
  readonly text: string
  readonly sha: string
}

export function script(text: string): Script {
  return { text, sha: sha1(text) }
}

/** Runs a script, and sends its text only to a server that does not know it yet. */
export async function runScript(
  port: RedisPort,
  { text, sha }: Script,
  keys: readonly string[],
  values: readonly string[],
): Promise<unknown> {
  const count = String(keys.length)
  try {
    return await port.send(['EVALSHA', sha, count, ...keys, ...values])
  } catch (error) {
    if (!isUnknownScript(error)) throw error
    return port.send(['EVAL', text, count, ...keys, ...values])
  }
}

function isUnknownScript(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined
  return cause instanceof Error && cause.message.startsWith('NOSCRIPT')
}
