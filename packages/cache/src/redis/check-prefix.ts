import { CacheError } from '../errors.ts'

/** @throws CacheError `CACHE_OPTION_INVALID` unless one prefix can never be the beginning of another's keys. */
export function checkPrefix(prefix: string): void {
  if (typeof prefix === 'string' && /^[\w.{}-]{1,100}$/.test(prefix)) return
  throw new CacheError(
    'CACHE_OPTION_INVALID',
    `prefix must be of letters, digits, . _ - { }, not '${prefix}'`,
  )
}
