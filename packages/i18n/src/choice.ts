import { isObject } from './is-object.ts'

/** A message in several branches, one of which is taken by a parameter. */
export interface Choice {
  readonly kind: 'plural' | 'ordinal' | 'select'
  readonly param: string
  /** By plural category, `=0` for an exact number, or by the value of a `select`. Texts, or choices again. */
  readonly branches: Readonly<Record<string, unknown>>
}

export const pluralCategories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other']

const choosers = ['@plural', '@ordinal', '@select'] as const

/** Enough for every mix of number and gender, and an end to a catalogue that nests for ever. */
const maxDepth = 8

/**
 * Reads a choice: `{ "@select": "gender", … }`, `{ "@plural": "days", … }`, `{ "@ordinal": "place", … }`, or, as the
 * usual case, an object of plural categories with `other` among them, which goes by `count`. Anything else is
 * `undefined`: a section, or no message at all.
 */
export function choiceOf(node: unknown, depth = 0): Choice | undefined {
  if (!isObject(node) || depth > maxDepth) return undefined
  const chooser = choosers.find((each) => Object.hasOwn(node, each))
  if (chooser === undefined) {
    const plural =
      Object.hasOwn(node, 'other') && Object.keys(node).every(isPluralKey) && holdsTexts(node, depth)
    return plural ? { kind: 'plural', param: 'count', branches: node } : undefined
  }
  const { [chooser]: param, ...branches } = node
  return typeof param === 'string' && holdsTexts(branches, depth)
    ? { kind: chooser.slice(1) as Choice['kind'], param, branches }
    : undefined
}

export function isPluralKey(key: string): boolean {
  return pluralCategories.includes(key) || /^=\d+$/.test(key)
}

function holdsTexts(branches: Readonly<Record<string, unknown>>, depth: number): boolean {
  return Object.values(branches).every(
    (each) => typeof each === 'string' || choiceOf(each, depth + 1) !== undefined,
  )
}
