import type { Finding } from './finding.ts'

type Params = NonNullable<Finding['params']>

/** The limit of a rule under the name its text has for it. Other constants of a schema are not told. */
export function limitParams(rule: string, limit: unknown): Params | undefined {
  if (limit === undefined) return undefined
  const name = limitNames.get(rule)
  if (name === undefined) return undefined
  if (typeof limit === 'number' || typeof limit === 'string') return { [name]: limit }
  if (typeof limit === 'bigint') return { [name]: String(limit) }
  return limit instanceof Date ? { [name]: limit.toJSON() } : undefined
}

const limitNames: ReadonlyMap<string, string> = new Map([
  ...['length', 'items', 'bytes', 'size', 'words', 'value'].flatMap((what): [string, string][] => [
    [`min_${what}`, 'min'],
    [`max_${what}`, 'max'],
  ]),
  ['gt_value', 'min'],
  ['lt_value', 'max'],
  ['length', 'length'],
  ['item_count', 'count'],
  ['multiple_of', 'factor'],
])

/** What a raw check says it expected, `>=10` in Valibot's notation, or an example. */
export function statedParams(expected: string): Params {
  if (expected.startsWith('>=')) return { min: expected.slice(2) }
  return expected.startsWith('<=') ? { max: expected.slice(2) } : { expected }
}

/** The name of a type, `string`, `array`, `string | number`. */
export function typeParams(expected: string): Params {
  return { expected: withoutParentheses(expected).toLowerCase() }
}

/** Longer lists of choices are cut: a message would say them a hundred times. */
const maxChoicesLength = 300

/** What can be chosen, `"draft", "paid"`, of a list that has bars between. */
export function choiceParams(choices: string): Params {
  const list = withoutParentheses(choices).replaceAll(' | ', ', ')
  return { expected: list.length > maxChoicesLength ? `${list.slice(0, maxChoicesLength)}…` : list }
}

function withoutParentheses(text: string): string {
  return text[0] === '(' && text.endsWith(')') ? text.slice(1, -1) : text
}
