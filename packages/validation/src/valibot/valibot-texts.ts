import type { Translator } from '@fastkit/contracts'
import * as v from 'valibot'
import { isShipped, languageOf } from '../shipped-text.ts'

/**
 * Adds the texts of Valibot's own translations to those of a translator, for languages that neither it nor we have. Only
 * those are there that were imported: `import '@valibot/i18n/it'`.
 *
 * Valibot's texts end with the value, which is left out: "Lunghezza non valida: ≥ 3".
 */
export function withValibotTexts(translator?: Translator): Translator {
  return {
    t(key, params, options) {
      const text =
        translator?.has(key, options?.locale) === true ? undefined : valibotText(key, params, options?.locale)
      return text ?? translator?.t(key, params, options) ?? key
    },
    has: (key, locale) =>
      translator?.has(key, locale) === true || valibotText(key, undefined, locale) !== undefined,
  }
}

function valibotText(key: string, params: Params = {}, locale: string | undefined): string | undefined {
  if (locale === undefined || !key.startsWith(prefix)) return undefined
  const rule = key.slice(prefix.length)
  if (isShipped(rule, languageOf(locale))) return undefined
  for (const lang of languagesOf(locale)) {
    const message = messageOf(rule, lang)
    if (message !== undefined) return withLimit(headOf(message), params)
  }
  return undefined
}

const prefix = 'validation.'
type Params = Readonly<Record<string, unknown>>
type Message = v.ErrorMessage<v.BaseIssue<unknown>>

/** Valibot finds a text by the function that makes the rule, which is named like it. */
function messageOf(rule: string, lang: string): Message | undefined {
  if (schemaRules.includes(rule)) return v.getSchemaMessage(lang)
  const name = (names.get(rule) ?? rule).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: all rules are looked up, and this runs on servers
  const make: unknown = Object.hasOwn(v, name) ? v[name as keyof typeof v] : undefined
  return make === undefined
    ? undefined
    : v.getSpecificMessage(make as Parameters<typeof v.getSpecificMessage>[0], lang)
}

const schemaRules: readonly string[] = ['required', 'type', 'one_of', 'unknown_key']

const names: ReadonlyMap<string, string> = new Map([
  ['invalid', 'check'],
  ['bool', 'check'],
  ['min_items', 'min_length'],
  ['max_items', 'max_length'],
  ['item_count', 'length'],
])

/** Valibot has `kr` for Korean, and regions of Chinese where others have scripts. */
function languagesOf(locale: string): readonly string[] {
  const tag = locale.replaceAll('_', '-')
  const [language = '', ...rest] = tag.split('-')
  const traditional = rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part.toLowerCase()))
  const others: Readonly<Record<string, string>> = {
    ko: 'kr',
    no: 'nb',
    nn: 'nb',
    zh: traditional ? 'zh-TW' : 'zh-CN',
  }
  const low = language.toLowerCase()
  return Object.hasOwn(others, low) ? [tag, low, others[low] as string] : [tag, low]
}

/** All of Valibot's translations name what is wrong, and after a colon what was expected and received. */
function headOf(message: Message): string {
  const issue = {
    kind: 'validation',
    type: '',
    input: undefined,
    expected: '',
    received: '',
    message: '',
  } as const
  const text = typeof message === 'function' ? message(issue) : message
  return (text.split(/[:：]/, 1)[0] as string).trim()
}

function withLimit(head: string, { min, max, length, count }: Params): string {
  if (min !== undefined) return `${head}: ≥ ${String(min)}`
  if (max !== undefined) return `${head}: ≤ ${String(max)}`
  const exact = length ?? count
  return exact === undefined ? head : `${head}: ${String(exact)}`
}
