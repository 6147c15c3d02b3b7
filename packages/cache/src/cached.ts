import type { Cache } from './cache.ts'
import { CacheError } from './errors.ts'
import { type CallKey, type CallKeyOptions, callKeyOf } from './keys/call-key.ts'
import { type LoadOptions, planOfLoad } from './load-options.ts'

export interface CachedOptions<Args extends readonly unknown[]>
  extends CallKeyOptions<Args>,
    Omit<LoadOptions, 'tags'> {
  readonly cache: Cache
  /** Names that `invalidateTags` takes, for all calls or made from the arguments. */
  readonly tags?: readonly string[] | ((...args: Args) => readonly string[])
}

/** A function whose results are cached. */
export interface Cached<This, Args extends readonly unknown[], Value> {
  (this: This, ...args: Args): Promise<Value>
  /** Forgets the result of a call with these arguments, in every variation of `vary`. */
  invalidate(...args: Args): Promise<void>
  /** Calls the function and keeps the result. */
  refresh(this: This, ...args: Args): Promise<Value>
  /** The key of a call, without the prefix of the store. */
  key(...args: Args): string
}

/** Any function that may be cached. */
export type AsyncFunction<This, Args extends readonly unknown[], Value> = (
  this: This,
  ...args: Args
) => Promise<Value> | Value

/**
 * Caches the results of a function, by its arguments: `cached({ cache, name: 'clients.find' })((id: number) => …)`.
 *
 * The arguments become a key that is equal for equal arguments only. What else the function depends on is said with
 * `vary`; `this` is no part of the key. Works as a decorator of methods, too, where decorators are compiled.
 *
 * @throws CacheError `CACHE_OPTION_INVALID` at once; `CACHE_KEY_INVALID` at a call with arguments that make no key.
 */
export function cached<Args extends readonly unknown[]>(
  options: CachedOptions<Args>,
): <This, CallArgs extends readonly [...Args, ...unknown[]], Value>(
  fn: AsyncFunction<This, CallArgs, Value>,
  context?: ClassMethodDecoratorContext,
) => Cached<This, CallArgs, Value> {
  const { cache, tags, ...load } = options
  const calls: CallKey = callKeyOf(options)
  const fixed: LoadOptions = { ...load, ...(tags !== undefined && typeof tags !== 'function' && { tags }) }
  const isFixed = typeof tags !== 'function' && !calls.varies
  planOfLoad(fixed, 0) // what is wrong shows before the first call

  return function decorate<This, CallArgs extends readonly [...Args, ...unknown[]], Value>(
    fn: AsyncFunction<This, CallArgs, Value>,
  ): Cached<This, CallArgs, Value> {
    if (typeof fn !== 'function')
      throw new CacheError('CACHE_OPTION_INVALID', `What ${options.name} would cache is no function`)
    return Object.assign(call, { invalidate, refresh, key: (...args: CallArgs) => calls.key(args) })

    function call(this: This, ...args: CallArgs): Promise<Value> {
      try {
        return cache.getOrSet<Value>(calls.key(args), () => fn.apply(this, args as never), loadOptions(args))
      } catch (error) {
        return Promise.reject(error)
      }
    }

    async function refresh(this: This, ...args: CallArgs): Promise<Value> {
      return cache.refresh<Value>(calls.key(args), () => fn.apply(this, args as never), loadOptions(args))
    }

    async function invalidate(...args: CallArgs): Promise<void> {
      return calls.varies ? cache.invalidateTags([calls.tag(args)]) : cache.delete(calls.key(args))
    }
  }

  function loadOptions(args: readonly unknown[]): LoadOptions {
    if (isFixed) return fixed
    const own = typeof tags === 'function' ? tags(...(args as never)) : (tags ?? [])
    return { ...fixed, tags: calls.varies ? [...own, calls.tag(args)] : own }
  }
}
