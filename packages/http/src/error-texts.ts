import type { Issue, Translator } from '@fastkit/contracts'

export interface ErrorTextOptions {
  /** Has the texts, under `errors.<CODE>` and `validation.<rule>`. @default the errors' own, in English */
  readonly translator?: Translator | undefined
  /** @default the locale at hand, as the translator knows it */
  readonly locale?: string | undefined
}

/** The text of a key; `otherwise` where no catalogue has it. Never throws. */
export function errorText(
  key: string,
  params: Readonly<Record<string, unknown>> | undefined,
  otherwise: string,
  { translator, locale }: ErrorTextOptions,
): string {
  if (!translator) return otherwise
  try {
    const text = translator.t(key, params ?? {}, locale === undefined ? {} : { locale })
    return text === key ? otherwise : text
  } catch {
    // A translator may be told to throw at a text that is missing: not here, where the client waits for an answer.
    return otherwise
  }
}

/** An issue in the words of the catalogue, which finds `MIN_LENGTH` under `validation.min_length`. */
export function translatedIssue(issue: Issue, options: ErrorTextOptions): Issue {
  const { code, messageKey = `validation.${code.toLowerCase()}`, params, message = 'Is not valid' } = issue
  return { ...issue, message: errorText(messageKey, params, message, options) }
}
