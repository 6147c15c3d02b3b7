import type { Issue, Translator } from '@fastkit/contracts'

export interface ErrorTextOptions {
  /** Has the texts, under `errors.<CODE>` and `validation.<rule>`. @default the errors' own, in English */
  readonly translator?: Translator | undefined
  /** @default the locale at hand, as the translator knows it */
  readonly locale?: string | undefined
}

export interface ErrorText {
  /** Empty: the text is final. */
  readonly key: string
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** The text where no catalogue has one. */
  readonly otherwise: string
}

/** The text of a key; `otherwise` where no catalogue has it, or the key is empty. Never throws. */
export function errorText(
  { key, params = {}, otherwise }: ErrorText,
  { translator, locale }: ErrorTextOptions,
): string {
  if (!translator || key === '') return otherwise
  try {
    const text = translator.t(key, params, locale === undefined ? {} : { locale })
    return text === key ? otherwise : text
  } catch {
    // A translator may be told to throw at a text that is missing: not here, where the client waits for an answer.
    return otherwise
  }
}

/** An issue in the words of the catalogue, which has `MIN_LENGTH` under `validation.min_length`. */
export function translatedIssue(issue: Issue, options: ErrorTextOptions): Issue {
  const { code, params, message: otherwise = 'Is not valid' } = issue
  const { messageKey: key = `validation.${code.toLowerCase()}` } = issue
  return { ...issue, message: errorText({ key, params, otherwise }, options) }
}
