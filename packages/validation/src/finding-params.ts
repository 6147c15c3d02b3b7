import type { Finding } from './finding.ts'

type Params = NonNullable<Finding['params']>

/** The limit of a rule under the name its text has for it. Other constants of a schema are not told. */
export function limitParams(code: string, limit: unknown): Params | undefined {
  const name = limitNames.get(code) ?? limitNames.get(code.slice(0, 4))
  if (name === undefined) return undefined
  if (typeof limit === 'number' || typeof limit === 'string') return { [name]: limit }
  if (typeof limit === 'bigint') return { [name]: String(limit) }
  return limit instanceof Date ? { [name]: limit.toJSON() } : undefined
}

const limitNames: ReadonlyMap<string, string> = new Map([
  ['MIN_', 'min'],
  ['MAX_', 'max'],
  ['GT_VALUE', 'min'],
  ['LT_VALUE', 'max'],
  ['LENGTH', 'length'],
  ['ITEM_COUNT', 'count'],
  ['MULTIPLE_OF', 'factor'],
])

/** What a raw check says it expected, `>=10` in Valibot's notation, or an example. */
export function statedParams(expected: string): Params {
  if (expected.startsWith('>=')) return { min: expected.slice(2) }
  return expected.startsWith('<=') ? { max: expected.slice(2) } : { expected }
}

/** The name of a type, `string`, `array`, `string | number`. */
export function typeParams(expected: string): Params {
  return { expected: expected.replace(/^\(|\)$/g, '').toLowerCase() }
}

/** Longer lists of choices are cut: a message would say them a hundred times. */
const maxChoicesLength = 300

/** What can be chosen, `"draft", "paid"`. */
export function choiceParams(choices: readonly string[]): Params {
  const list = choices.join(', ')
  return { expected: list.length > maxChoicesLength ? `${list.slice(0, maxChoicesLength)}…` : list }
}
