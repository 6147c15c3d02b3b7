import { CacheError } from '../errors.ts'
import { sha256 } from '../node/hash.ts'
import { canonical } from './canonical.ts'

/** How the calls of a function are told apart. */
export interface CallKeyOptions<Args extends readonly unknown[]> {
  /** What keys begin with, unique among the functions of a cache: letters, digits, `.`, `_`, `-`. */
  readonly name: string
  /** Counted up when what the function returns changes its shape, so that older values are not found. @default 1 */
  readonly version?: number
  /** What tells calls apart, in place of all arguments. A list, or anything else a key can be made of. */
  readonly key?: (...args: Args) => unknown
  /** What else the result depends on: the locale, the tenant, the user. Read at each call. */
  readonly vary?: () => unknown
}

/** Makes the keys of a function's calls. */
export interface CallKey {
  /** Whether more than the arguments tells calls apart. */
  readonly varies: boolean
  key(args: readonly unknown[]): string
  /** What all variations of a call are tagged with. */
  tag(args: readonly unknown[]): string
}

/** @throws CacheError `CACHE_OPTION_INVALID` */
export function callKeyOf(options: CallKeyOptions<never>): CallKey {
  const { name, version = 1, key, vary } = options
  if (!/^[\w.-]{1,200}$/.test(name)) {
    throw new CacheError('CACHE_OPTION_INVALID', `name must be of letters, digits, . _ and -, not ${name}`)
  }
  if (!Number.isSafeInteger(version) || version < 0) {
    throw new CacheError('CACHE_OPTION_INVALID', `version must be a whole number, not ${version}`)
  }
  const start = `${name}:v${version}:`
  /** Keys of texts that are asked for often: to make one takes longer than to find a value. */
  const recent = new Map<string, string>()
  let made = 0
  return { varies: vary !== undefined, key: vary ? varied : plain, tag: plain }

  function plain(args: readonly unknown[]): string {
    if (key) return write([key(...(args as never))])
    const [only] = args
    if (args.length !== 1 || typeof only !== 'string') return write(args)
    return recent.get(only) ?? writeAndRemember(only)
  }

  /** Remembers one of eight, since most of those that are asked for once will not be asked for again. */
  function writeAndRemember(text: string): string {
    const written = write([text])
    if (++made % 8 === 0 && text.length <= 100) {
      if (recent.size >= 1000) recent.clear()
      recent.set(text, written)
    }
    return written
  }

  function write(values: readonly unknown[]): string {
    return start + short(canonical(values))
  }

  function varied(args: readonly unknown[]): string {
    return write([vary?.(), ...(key ? [key(...(args as never))] : args)])
  }
}

/** Long texts are cut, and told apart by their SHA-256. */
function short(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 80).replace(/\p{Cs}$/u, '')}~${sha256(text)}`
}
