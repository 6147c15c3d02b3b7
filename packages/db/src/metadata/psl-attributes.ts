import { closes, isMark, opens } from './psl-blocks.ts'
import type { Token } from './psl-tokens.ts'

/** `@relation("Boss", fields: [bossId])`: its name, and its arguments by name; those without are together at `''`. */
export interface Attribute {
  readonly name: string
  readonly arguments: ReadonlyMap<string, readonly Token[]>
}

/** Reads the attributes of a line, from its first `@` on. */
export function attributesOf(line: readonly Token[]): Attribute[] {
  const attributes: Attribute[] = []
  let at = line.findIndex((token) => isMark(token, '@'))
  while (at >= 0 && at < line.length) {
    while (line[at] && isMark(line[at] as Token, '@')) at += 1
    let name = ''
    for (; line[at] && (line[at]?.kind === 'word' || isMark(line[at] as Token, '.')); at += 1) {
      name += line[at]?.text
    }
    const end = line[at] && isMark(line[at] as Token, '(') ? closing(line, at) : at
    attributes.push({ name, arguments: argumentsOf(line.slice(at + 1, end)) })
    const next = line.slice(end).findIndex((token) => isMark(token, '@'))
    at = next < 0 ? -1 : end + next
  }
  return attributes
}

export function find(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return attributes.find((attribute) => attribute.name === name)
}

/** The text of a string argument: `@map("a")`, `@map(name: "a")`. */
export function textOf(attribute: Attribute | undefined, argument = 'name'): string | undefined {
  const tokens = attribute?.arguments.get('') ?? attribute?.arguments.get(argument)
  return tokens?.[0]?.kind === 'string' ? tokens[0].text : undefined
}

/** The names in a list argument: `[a, b(sort: Desc)]` gives `a` and `b`. */
export function namesOf(attribute: Attribute | undefined, argument: string): string[] {
  const tokens = attribute?.arguments.get(argument) ?? attribute?.arguments.get('') ?? []
  const names: string[] = []
  let depth = 0
  for (const token of tokens) {
    if (opens(token)) depth += 1
    else if (closes(token)) depth -= 1
    else if (depth === 1 && token.kind === 'word') names.push(token.text)
  }
  return names
}

function closing(line: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < line.length; at += 1) {
    if (opens(line[at] as Token)) depth += 1
    if (closes(line[at] as Token)) depth -= 1
    if (depth === 0) return at
  }
  return line.length
}

function argumentsOf(tokens: readonly Token[]): Map<string, Token[]> {
  const found = new Map<string, Token[]>()
  const add = (name: string, value: readonly Token[]) =>
    found.set(name, [...(found.get(name) ?? []), ...value])
  let [depth, name, value]: [number, string, Token[]] = [0, '', []]
  for (const token of tokens) {
    if (opens(token)) depth += 1
    if (closes(token)) depth -= 1
    if (depth === 0 && isMark(token, ',')) {
      add(name, value)
      name = ''
      value = []
    } else if (depth === 0 && isMark(token, ':') && value.length === 1) {
      name = value[0]?.text ?? ''
      value = []
    } else value.push(token)
  }
  if (value.length > 0) add(name, value)
  return found
}
