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

/** Returns what makes an issue of a finding. */
export function messageWriter(options: MessageOptions): (finding: Finding) => Issue {
  const sources = sourcesOf(options)
  const worded = options.translator !== undefined || options.locale !== undefined
  return function write(finding) {
    const { path, rule, params, text } = finding
    const issue: Writable<Issue> = { path, code: namesOf(rule).code, message: messageOf(finding, sources) }
    // An empty key keeps whoever answers from wording it once more.
    if (worded || text !== undefined) issue.messageKey = ''
    if (params !== undefined) issue.params = params
    return issue
  }
}

type Writable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] }

/** A place to look for a message in. */
type Source = (finding: Finding) => string | undefined

/** Where messages are looked for, in this order. */
function sourcesOf({ translator, locale }: MessageOptions): readonly Source[] {
  const language = locale === undefined ? 'en' : languageOf(locale)
  const application = translator && textsOf(translator, locale)
  const sources = [
    ofSchema,
    application?.own,
    language === 'en' && ofLibrary,
    shippedIn(language),
    application?.fallback,
    ofLibrary,
    language !== 'en' && shippedIn('en'),
    codeOfSchema,
  ]
  return sources.filter((source) => typeof source === 'function')
}

/** Where there is nothing for a rule, it "is not valid", which we have in English at least. */
function messageOf(finding: Finding, sources: readonly Source[]): string {
  return firstOf(sources, finding) ?? (firstOf(sources, { ...finding, rule: 'invalid' }) as string)
}

function firstOf(sources: readonly Source[], finding: Finding): string | undefined {
  for (const source of sources) {
    const text = source(finding)
    if (text !== undefined) return text
  }
  return undefined
}

/** What the schema's author wrote. */
function ofSchema({ text }: Finding): string | undefined {
  return text
}

/** What a library says in English. */
function ofLibrary({ english }: Finding): string | undefined {
  return english
}

function shippedIn(language: string): Source {
  return ({ rule, params }) => shippedText(rule, language, params)
}

/** The code the schema's author wrote, which says more than that something is not valid. */
function codeOfSchema({ rule, hasOwnCode }: Finding): string | undefined {
  return hasOwnCode === true ? namesOf(rule).code : undefined
}

/** An application's texts in a locale, and those that its translator falls back to. */
function textsOf(translator: Translator, locale: string | undefined): { own: Source; fallback: Source } {
  const options = locale === undefined ? undefined : { locale }
  return { own, fallback }

  function own({ rule, path, params }: Finding): string | undefined {
    const place = placeOf(path)
    const fieldKey = `validation.fields.${path.length === 0 ? '_root' : place}.${rule}`
    const ruleKey = namesOf(rule).key
    const key = has(fieldKey) ? fieldKey : has(ruleKey) ? ruleKey : undefined
    return key === undefined ? undefined : textAt(key, { ...params, field: labelOf(path, place) })
  }

  function fallback({ rule, path, params }: Finding): string | undefined {
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
