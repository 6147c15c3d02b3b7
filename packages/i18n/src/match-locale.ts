import { lessSpecific, localeTag, maxLocaleLength, requireLocaleTag } from './locale-tag.ts'

/** Finds which of several locales serves one that was asked for. */
export interface LocaleMatcher {
  /**
   * Returns the asked locale or the nearest less specific one, `de` for `de-AT`; else one of the same language in the
   * same script, `pt-BR` for `pt`, but not `zh-CN` for `zh-TW`. `undefined` when none fits. Spelled as it was given.
   */
  match(asked: unknown): string | undefined
}

/** Tags are asked for over and over, and reading one takes microseconds. */
const maxRemembered = 500

/** @throws I18nError `LOCALE_INVALID` */
export function createLocaleMatcher(locales: readonly string[]): LocaleMatcher {
  const byTag = new Map(locales.map((name) => [requireLocaleTag(name), name]))
  let byScript: ReadonlyMap<string, string> | undefined
  const found = new Map<string, string | undefined>()
  return { match }

  function match(asked: unknown): string | undefined {
    if (typeof asked !== 'string' || asked.length > maxLocaleLength) return undefined
    if (found.has(asked)) return found.get(asked)
    const name = find(localeTag(asked))
    if (found.size < maxRemembered) found.set(asked, name)
    return name
  }

  function find(tag: string | undefined): string | undefined {
    if (tag === undefined) return undefined
    const exact = lessSpecific(tag).find((each) => byTag.has(each))
    if (exact !== undefined) return byTag.get(exact)
    byScript ??= new Map([...byTag].reverse().map(([each, name]) => [languageAndScript(each), name]))
    return byScript.get(languageAndScript(tag))
  }
}

/** `zh-TW` is written in `Hant`, `zh` in `Hans`: who reads one need not read the other. */
function languageAndScript(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize()
  return `${language}-${script}`
}
