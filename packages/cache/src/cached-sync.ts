import type { SyncCache, SyncWriteOptions } from './create-sync-cache.ts'
import { CacheError } from './errors.ts'
import { type CallKeyOptions, callKeyOf } from './keys/call-key.ts'
import { planOf } from './write-options.ts'

export interface CachedSyncOptions<Args extends readonly unknown[]>
  extends CallKeyOptions<Args>,
    Omit<SyncWriteOptions, 'tags'> {
  readonly cache: SyncCache
  /** Names that `invalidateTags` takes, for all calls or made from the arguments. */
  readonly tags?: readonly string[] | ((...args: Args) => readonly string[])
}

/** A function whose results are cached. */
export interface CachedSync<This, Args extends readonly unknown[], Value> {
  (this: This, ...args: Args): Value
  /** Forgets the result of a call with these arguments, in every variation of `vary`. */
  invalidate(...args: Args): void
  /** Calls the function and keeps the result. */
  refresh(this: This, ...args: Args): Value
  /** The key of a call, without the prefix of the store. */
  key(...args: Args): string
}

/** Any function that does not return a promise. */
export type SyncFunction<This, Args extends readonly unknown[], Value> = (
  this: This,
  ...args: Args
) => Value extends PromiseLike<unknown> ? never : Value

/** `cached` for functions that do not wait; one that returns a promise is a type error. */
export function cachedSync<Args extends readonly unknown[]>(
  options: CachedSyncOptions<Args>,
): <This, CallArgs extends readonly [...Args, ...unknown[]], Value>(
  fn: SyncFunction<This, CallArgs, Value>,
  context?: ClassMethodDecoratorContext,
) => CachedSync<This, CallArgs, Value> {
  const { cache, tags, ...write } = options
  const calls = callKeyOf(options)
  planOf({ ...write, tags: typeof tags === 'function' ? [] : (tags ?? []) }, 0) // what is wrong shows before the first call

  return function decorate<This, CallArgs extends readonly [...Args, ...unknown[]], Value>(
    fn: SyncFunction<This, CallArgs, Value>,
  ): CachedSync<This, CallArgs, Value> {
    if (typeof fn !== 'function')
      throw new CacheError('CACHE_OPTION_INVALID', `What ${options.name} would cache is no function`)
    return Object.assign(call, { invalidate, refresh, key: (...args: CallArgs) => calls.key(args) })

    function call(this: This, ...args: CallArgs): Value {
      return cache.getOrSet<Value>(calls.key(args), () => fn.apply(this, args as never), optionsOf(args))
    }

    function refresh(this: This, ...args: CallArgs): Value {
      return cache.refresh<Value>(calls.key(args), () => fn.apply(this, args as never), optionsOf(args))
    }

    function invalidate(...args: CallArgs): void {
      if (calls.varies) cache.invalidateTags([calls.tag(args)])
      else cache.delete(calls.key(args))
    }
  }

  function optionsOf(args: readonly unknown[]): SyncWriteOptions {
    const own = typeof tags === 'function' ? tags(...(args as never)) : (tags ?? [])
    return { ...write, tags: calls.varies ? [...own, calls.tag(args)] : own }
  }
}
