import type { RedisPort } from '@fastkit/contracts'

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
  const unlinking: Promise<unknown>[] = []
  let cursor = '0'
  try {
    do {
      const reply = (await port.send(['SCAN', cursor, 'MATCH', match, 'COUNT', '1000'])) as [string, string[]]
      const [next, keys] = reply
      cursor = String(next)
      for (let at = 0; at < keys.length; at += 500) {
        const unlink = port.send(['UNLINK', ...keys.slice(at, at + 500)])
        unlink.catch(() => undefined) // it is awaited below
        unlinking.push(unlink)
      }
      if (unlinking.length > 8) await Promise.all(unlinking.splice(0))
    } while (cursor !== '0')
  } finally {
    await Promise.allSettled(unlinking)
  }
  await Promise.all(unlinking)
}

function literal(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}
