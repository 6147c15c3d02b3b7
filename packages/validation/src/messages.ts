/** What a message may speak of, `{min}`. */
type Params = Readonly<Record<string, unknown>>

const english: Readonly<Record<string, string>> = {
  REQUIRED: 'Is required',
  UNKNOWN_KEY: 'Is not a known field',
  TYPE: 'Must be {expected}',
  ONE_OF: 'Must be {expected}',
  NON_EMPTY: 'Must not be empty',
  MIN_LENGTH: 'Must have at least {min} {things}',
  MAX_LENGTH: 'Must have at most {max} {things}',
  LENGTH: 'Must have exactly {requirement} {things}',
  MIN_VALUE: 'Must be at least {min}',
  MAX_VALUE: 'Must be at most {max}',
  INTEGER: 'Must be a whole number',
  SAFE_INTEGER: 'Must be a whole number',
  MULTIPLE_OF: 'Must be a multiple of {requirement}',
  EMAIL: 'Must be an e-mail address',
  URL: 'Must be a web address',
  UUID: 'Must be a UUID',
  ISO_DATE: 'Must be a date, YYYY-MM-DD',
  ISO_TIMESTAMP: 'Must be a date and time in ISO 8601',
  REGEX: 'Has the wrong format',
}

/** Valibot's names of types, in plain words. */
const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  bigint: 'a whole number',
  boolean: 'true or false',
  Date: 'a date',
  Array: 'a list',
  Object: 'an object',
  null: 'null',
}

/** The message for a code in English; the input only decides whether characters or entries are counted. */
export function englishMessage(code: string, params: Params = {}, input?: unknown): string {
  const words: Params = { ...params, things: things(params, input), expected: expected(params) }
  return (english[code] ?? 'Is not valid').replace(/\{(\w+)\}/g, (_, name: string) => String(words[name]))
}

function expected({ expected: type }: Params): string {
  const text = String(type)
  if (text.includes('|'))
    return `one of ${text
      .replace(/^\(|\)$/g, '')
      .split(' | ')
      .join(', ')}`
  return types[text] ?? text
}

function things({ min, max, requirement }: Params, input: unknown): string {
  const one = (min ?? max ?? requirement) === 1
  if (Array.isArray(input)) return one ? 'entry' : 'entries'
  return one ? 'character' : 'characters'
}
