import type { Issue, Translator } from '@fastkit/contracts'
import type { Finding } from './finding.ts'
import { languageOf, shippedText } from './shipped-text.ts'

/** How messages are worded. */
export interface MessageOptions {
  /**
   * The application's own texts, which come before ours: `validation.fields.<path>.<rule>` for one field,
   * `validation.<rule>` for all. @default ours alone
   */
  readonly translator?: Translator | undefined
  /** The language of the messages. @default the translator's locale at hand; English for our own texts */
  readonly locale?: string | undefined
}

/**
 * Returns what makes an issue of a finding, with the first text there is: the schema author's own; the translator's for
 * the field, for the rule; ours; what the translator falls back to; English; the code.
 */
export function messageWriter({ translator, locale }: MessageOptions): (finding: Finding) => Issue {
  const language = locale === undefined ? 'en' : languageOf(locale)
  const translate = translator && translated(translator, locale)
  return function write(finding) {
    const { path, rule, params, text } = finding
    const code = rule.toUpperCase()
    const message = text ?? textOf(finding)
    const worded = text !== undefined || translator !== undefined || locale !== undefined
    // An empty key keeps whoever answers from wording it once more.
    const issue: Issue = worded ? { path, code, message, messageKey: '' } : { path, code, message }
    return params === undefined ? issue : { ...issue, params }
  }

  function textOf(finding: Finding): string {
    const text = textOfRule(finding.rule, finding)
    if (text !== undefined) return text
    return finding.named === true ? finding.rule.toUpperCase() : (textOfRule('invalid', finding) as string)
  }

  function textOfRule(rule: string, finding: Finding): string | undefined {
    return (
      translate?.own(rule, finding) ??
      (language === 'en' ? finding.otherwise : undefined) ??
      shippedText(rule, language, finding.params) ??
      translate?.fallback(rule, finding) ??
      finding.otherwise ??
      (language === 'en' ? undefined : shippedText(rule, 'en', finding.params))
    )
  }
}

/** A translator's texts in a locale, and those it falls back to. */
function translated(translator: Translator, locale: string | undefined) {
  const options = locale === undefined ? undefined : { locale }
  return { own, fallback }

  function own(rule: string, finding: Finding): string | undefined {
    const { path } = finding
    const fieldKey = path.length === 0 ? '_root' : genericPath(path)
    for (const key of [`validation.fields.${fieldKey}.${rule}`, `validation.${rule}`]) {
      if (has(key)) return textAt(key, paramsOf(finding))
    }
    return undefined
  }

  function fallback(rule: string, finding: Finding): string | undefined {
    return textAt(`validation.${rule}`, paramsOf(finding))
  }

  function has(key: string): boolean {
    return translator.has(key, locale)
  }

  /** A translator may be told to throw at what is missing: not here, where something else is wrong. */
  function textAt(key: string, params: Readonly<Record<string, unknown>>): string | undefined {
    try {
      const text = translator.t(key, params, options)
      return text === key ? undefined : text
    } catch {
      return undefined
    }
  }

  /** `{field}` is only looked up where a text has it. */
  function paramsOf({ path, params }: Finding): Readonly<Record<string, unknown>> {
    return {
      ...params,
      get field() {
        return labelOf(path)
      },
    }
  }

  /** The label of a path, `fields.items.*.price`, or of its last name, `fields.price`, or that name itself. */
  function labelOf(path: Finding['path']): string {
    const name = path.findLast((part) => typeof part === 'string') ?? ''
    for (const key of [`fields.${genericPath(path)}`, `fields.${name}`]) {
      if (has(key)) return textAt(key, {}) ?? name
    }
    return name
  }
}

/** Positions in lists have one text: `items.*.price`. */
function genericPath(path: Finding['path']): string {
  return path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
}
