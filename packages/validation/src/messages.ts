import type { Issue, Translator } from '@fastkit/contracts'
import type { Finding } from './libraries/finding.ts'
import { languageOf, shippedText } from './shipped-text.ts'
import { en } from './translations/en.ts'

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
  const worded = translator !== undefined || locale !== undefined
  return function write(finding) {
    const { path, rule, params, text } = finding
    const issue: Writable<Issue> = { path, code: namesOf(rule).code, message: text ?? textOf(finding) }
    // An empty key keeps whoever answers from wording it once more.
    if (worded || text !== undefined) issue.messageKey = ''
    if (params !== undefined) issue.params = params
    return issue
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

interface RuleNames {
  readonly code: string
  readonly key: string
}

/** Made once for the rules we have texts for: capitals are dear to make, and so are keys that are looked up. */
const knownRules: ReadonlyMap<string, RuleNames> = new Map(
  Object.keys(en.validation).map((rule) => [rule, makeNames(rule)]),
)

function namesOf(rule: string): RuleNames {
  return knownRules.get(rule) ?? makeNames(rule)
}

function makeNames(rule: string): RuleNames {
  return { code: rule.toUpperCase(), key: `validation.${rule}` }
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** A translator's texts in a locale, and those it falls back to. */
function translated(translator: Translator, locale: string | undefined) {
  const options = locale === undefined ? undefined : { locale }
  return { own, fallback }

  function own(rule: string, { path, params }: Finding): string | undefined {
    const place = placeOf(path)
    const fieldKey = `validation.fields.${path.length === 0 ? '_root' : place}.${rule}`
    const ruleKey = namesOf(rule).key
    const key = has(fieldKey) ? fieldKey : has(ruleKey) ? ruleKey : undefined
    return key === undefined ? undefined : textAt(key, { ...params, field: labelOf(path, place) })
  }

  function fallback(rule: string, { path, params }: Finding): string | undefined {
    return textAt(namesOf(rule).key, { ...params, field: labelOf(path, placeOf(path)) })
  }

  /** A translator may throw, at what is missing for instance: not here, where something else is wrong. */
  function has(key: string): boolean {
    try {
      return translator.has(key, locale)
    } catch {
      return false
    }
  }

  function textAt(key: string, params: Readonly<Record<string, unknown>>): string | undefined {
    try {
      const text = translator.t(key, params, options)
      return text === key ? undefined : text
    } catch {
      return undefined
    }
  }

  /** The label of a path, `fields.items.*.price`, or of its last name, `fields.price`, or that name itself. */
  function labelOf(path: Finding['path'], place: string): string {
    const name = path.findLast((part) => typeof part === 'string') ?? ''
    const keys = name === place ? [`fields.${name}`] : [`fields.${place}`, `fields.${name}`]
    const key = keys.find(has)
    return (key && textAt(key, {})) ?? name
  }
}

/** A path as keys have it. Positions in lists have one text: `items.*.price`. */
function placeOf(path: Finding['path']): string {
  let place = ''
  for (let at = 0; at < path.length; at++) {
    const part = typeof path[at] === 'number' ? '*' : path[at]
    place = at === 0 ? `${part}` : `${place}.${part}`
  }
  return place
}
