import type { Translator } from '@fastkit/contracts'
import type { Context, MiddlewareHandler } from 'hono'
import type { MessageOptions } from '../messages.ts'

export interface RequestMessageOptions {
  /** The application's own texts, as in `validate`. @default ours alone */
  readonly translator?: Translator
  /**
   * Returns the locale of a request: `(c) => c.var.locale` behind `@fastkit/i18n`, `(c) => c.var.language` behind Hono's
   * language detector. @default the translator's locale at hand; English for our own texts
   */
  readonly locale?: (c: Context) => string | undefined
}

const key = '~fastkit.validation'

/** Words the issues that `validated` finds below in the language of each request. */
export function withMessages({ translator, locale }: RequestMessageOptions): MiddlewareHandler {
  return async function withMessages(c, next) {
    // Asked only where something is wrong, when the locale has been decided.
    const options: MessageOptions = {
      translator,
      get locale() {
        return locale?.(c)
      },
    }
    c.set(key, options)
    await next()
  }
}

/** What `withMessages` was told. */
export function messageOptionsOf(c: Context): MessageOptions | undefined {
  return c.get(key)
}
