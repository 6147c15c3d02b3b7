import type { Context, MiddlewareHandler } from 'hono'

/** What each request has of its own, by name: made from its context when it is first asked for. */
export type Providers = Readonly<Record<string, (c: Context) => unknown>>

/** The same as a handler sees it, `c.var.invoices()`. */
export type Provided<P extends Providers> = { readonly [K in keyof P]: () => Once<ReturnType<P[K]>> }

/** A query that runs when it is waited for has run: what all share is a promise. */
type Once<T> = T extends PromiseLike<infer Value> ? Promise<Value> : T

/**
 * Gives the routes below what each request makes for itself: `provide({ invoices: (c) => … })` is `c.var.invoices()`.
 *
 * Made when first asked for, once per request, also when it is a promise, or anything with `then`, that several wait for. What throws or rejects
 * is not kept: the next call tries again. Nothing is closed at the end of the request. A provider below with the same
 * name takes its place.
 */
export function provide<const P extends Providers>(
  providers: P,
): MiddlewareHandler<{ Variables: Provided<P> }> {
  const entries = Object.entries(providers)
  return async function provide(c, next) {
    for (const [name, make] of entries) c.set(name, once(() => make(c)) as never)
    await next()
  }
}

function once(make: () => unknown): () => unknown {
  let made: { readonly value: unknown } | undefined
  return function get() {
    if (made) return made.value
    const value = make()
    if (!isThenable(value)) {
      made = { value }
      return value
    }
    // Of what runs each time that `then` is called, as queries of some libraries do, there is one run.
    const mine = { value: Promise.resolve(value) }
    made = mine
    // The caller hears of the rejection; here it only makes room for another try.
    mine.value.catch(() => {
      if (made === mine) made = undefined
    })
    return mine.value
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
