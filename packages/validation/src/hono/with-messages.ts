import type { Translator } from '@fastkit/contracts'
import type { Context, MiddlewareHandler } from 'hono'
import type { MessageOptions } from '../messages.ts'

export interface RequestMessageOptions {
  /** The application's own texts, as in `validate`. @default ours alone */
  readonly translator?: Translator
  /**
   * Returns the locale of a request; `undefined` for the translator's locale at hand, or English for our own texts.
   * @default c.var.locale, of `@fastkit/i18n`, or c.var.language, of Hono's language detector
   */
  readonly locale?: (c: Context) => string | undefined
}

const key = '~fastkit.validation'

/** Words the issues that `validated` finds below in the language of each request. */
export function withMessages({
  translator,
  locale = localeOf,
}: RequestMessageOptions = {}): MiddlewareHandler {
  return async function withMessages(c, next) {
    // Asked only where something is wrong, when the locale has been decided.
    const options: MessageOptions = {
      translator,
      get locale() {
        return locale(c)
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

function localeOf(c: Context): string | undefined {
  return c.get('locale') ?? c.get('language')
}
