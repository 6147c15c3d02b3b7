import type { Issue, Translator } from '@fastkit/contracts'

export interface ErrorTextOptions {
  /**
   * Has the texts, under `errors.<CODE>`, and of issues under `issues.<CODE>` or `validation.<rule>`.
   * @default the errors' own, in English
   */
  readonly translator?: Translator | undefined
  /** @default the locale at hand, as the translator knows it */
  readonly locale?: string | undefined
}

export interface ErrorText {
  /** Where it may be; the first that the locale has. */
  readonly keys: readonly [string, ...string[]]
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** The text where no catalogue has one. */
  readonly otherwise: string
}

/** Finds the text for an error. Never throws. */
export function errorText(
  { keys, params = {}, otherwise }: ErrorText,
  { translator, locale }: ErrorTextOptions,
): string {
  if (!translator) return otherwise
  try {
    const key = keys.find((each) => translator.has(each, locale)) ?? keys[0]
    const text = translator.t(key, params, locale === undefined ? {} : { locale })
    return text === key ? otherwise : text
  } catch {
    // A translator may be told to throw at a text that is missing: not here, where the client waits for an answer.
    return otherwise
  }
}

/** An issue in the words of the catalogue, which has `MIN_LENGTH` under that code or as the rule `min_length`. */
export function translatedIssue(issue: Issue, options: ErrorTextOptions): Issue {
  const { code, messageKey, params, message: otherwise = 'Is not valid' } = issue
  const keys: ErrorText['keys'] =
    messageKey !== undefined ? [messageKey] : [`issues.${code}`, `validation.${code.toLowerCase()}`]
  return { ...issue, message: errorText({ keys, params, otherwise }, options) }
}
