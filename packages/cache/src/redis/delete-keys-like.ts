import type { RedisPort } from '@fastkit/contracts'
import { runScript } from './run-script.ts'
import { deletePage } from './scripts.ts'

/**
 * Deletes the keys that begin with a prefix and consist of these parts with anything between them, a thousand looked at
 * in one step: other clients do not wait for longer than one.
 */
export async function deleteKeysLike(
  port: RedisPort,
  prefix: string,
  parts: readonly string[],
): Promise<void> {
  const match = literal(prefix) + parts.map(literal).join('*')
  let cursor = '0'
  do {
    cursor = String(await runScript(port, deletePage, [prefix], [cursor, match]))
  } while (cursor !== '0')
}

function literal(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}
