import { choiceOf } from '../choice.ts'
import { isObject } from '../is-object.ts'
import { type Placeholder, parseText } from '../placeholder.ts'

/** One message of a catalogue, and the file it is in. */
export interface MessageEntry {
  readonly key: string
  readonly node: unknown
  readonly place: string
}

/** Lists what a catalogue has below its sections, messages and what is none. */
export function listMessages(node: unknown, keys: readonly string[], place: string): MessageEntry[] {
  if (!isObject(node) || choiceOf(node) !== undefined) return [{ key: keys.join('.'), node, place }]
  return Object.entries(node).flatMap(([key, below]) => listMessages(below, [...keys, key], place))
}

/** Lists the texts of a message, one for each branch. */
export function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  const choice = choiceOf(node)
  return choice === undefined ? [] : Object.values(choice.branches).flatMap(textsOf)
}

export function placeholdersOf(node: unknown): Placeholder[] {
  return textsOf(node)
    .flatMap(parseText)
    .filter((piece) => typeof piece !== 'string')
}

/** The names a message asks for, in its texts or to choose among them. */
export function paramsOf(node: unknown): Set<string> {
  return new Set([...placeholdersOf(node).map(({ name }) => name), ...choosersOf(node)])
}

function choosersOf(node: unknown): string[] {
  const choice = choiceOf(node)
  return choice === undefined ? [] : [choice.param, ...Object.values(choice.branches).flatMap(choosersOf)]
}
