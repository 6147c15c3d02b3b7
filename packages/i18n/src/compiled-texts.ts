import type { CatalogLayers } from './catalog-layers.ts'
import { type CompileOptions, compileMessage, type Message } from './compile-message.ts'
import { createMissingLog, type Missing } from './missing-log.ts'

/** What one locale was asked for so far, compiled. */
export interface CompiledTexts {
  readonly locale: string
  /** Returns the message of a key: of the locale, of the fallbacks, or the key itself. */
  message(key: string): Message
  /** Tells whether the locale itself or a less specific form of it has a message. */
  has(key: string): boolean
}

export interface CompiledTextsOptions extends Pick<CompileOptions, 'formats' | 'mark'> {
  readonly layers: CatalogLayers
  /** The locale and its less specific forms. */
  readonly tags: readonly string[]
  readonly fallbackTags: readonly string[]
  readonly onMissing: (missing: Missing) => void
}

/** Keys may come from outside: when there are too many, all that are remembered are forgotten. */
const maxKeys = 2000
const maxKeyLength = 500

export function createCompiledTexts(locale: string, options: CompiledTextsOptions): CompiledTexts {
  const { layers, tags, fallbackTags, formats, mark, onMissing } = options
  const messages = new Map<string, Message>()
  const known = new Map<string, boolean>()
  const log = createMissingLog(onMissing)
  return {
    locale,
    message: (key) => messages.get(key) ?? fill(key),
    has: (key) => known.get(key) ?? look(key),
  }

  /** Looks once for a key that is asked for over and over, whether it is there or not. */
  function look(key: string): boolean {
    if (typeof key !== 'string') return false
    const found = tags.some((tag) => layers.find(tag, key) !== undefined)
    if (key.length > maxKeyLength) return found
    if (known.size >= maxKeys) known.clear()
    known.set(key, found)
    return found
  }

  /** Finds a message once, through its own language and then the fallbacks, so that later both cost the same. */
  function fill(key: string): Message {
    if (typeof key !== 'string') return shown(String(key))
    if (log.isKnown(key)) return shown(key)
    const found = compileFirst(key, tags)?.message ?? compileFallback(key)
    if (found === undefined) log.report({ key, locale })
    else messages.set(key, found)
    return found ?? shown(key)
  }

  function compileFallback(key: string): Message | undefined {
    const found = compileFirst(key, fallbackTags)
    if (found === undefined) return undefined
    const { message, tag } = found
    log.report({ key, locale, used: tag })
    return typeof message === 'string' ? message : (params) => message(params, tag)
  }

  function compileFirst(
    key: string,
    among: readonly string[],
  ): { message: Message; tag: string } | undefined {
    for (const tag of among) {
      const onMissingParam = (param: string) => log.report({ key, locale, used: tag, param })
      const message = compileMessage(layers.find(tag, key), { formats, mark, locale: tag, onMissingParam })
      if (message !== undefined) return { message, tag }
    }
    return undefined
  }

  /** A key may come from outside. One that is plainly a key stays as it is: so callers tell that it has no text. */
  function shown(key: string): string {
    return mark === undefined || /^[\w.-]*$/.test(key) ? key : mark(key)
  }
}
