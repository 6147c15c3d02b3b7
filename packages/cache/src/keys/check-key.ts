import { CacheError } from '../errors.ts'

/** @throws CacheError `CACHE_KEY_INVALID` unless it has 1 to 1024 characters, none of them half a character. */
export function checkKey(key: string): void {
  if (typeof key === 'string' && key !== '' && key.length <= 1024 && key.isWellFormed()) return
  const shown = typeof key === 'string' ? JSON.stringify(key.slice(0, 80)) : typeof key
  throw new CacheError('CACHE_KEY_INVALID', `A key is text of 1 to 1024 characters, not ${shown}`)
}
