import type { Context, MiddlewareHandler } from 'hono'

/** What each request has of its own, by name: made from its context when it is first asked for. */
export type Providers = Readonly<Record<string, (c: Context) => unknown>>

/** The same as a handler sees it, `c.var.invoices()`. */
export type Provided<P extends Providers> = { readonly [K in keyof P]: () => ReturnType<P[K]> }

/**
 * Gives the routes below what each request makes for itself: `provide({ invoices: (c) => … })` is `c.var.invoices()`.
 *
 * Made when first asked for, once per request, also when it is a promise that several wait for. What throws or rejects
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
    const mine = { value: make() }
    made = mine
    if (mine.value instanceof Promise) {
      // The caller hears of the rejection; here it only makes room for another try.
      mine.value.catch(() => {
        if (made === mine) made = undefined
      })
    }
    return mine.value
  }
}
