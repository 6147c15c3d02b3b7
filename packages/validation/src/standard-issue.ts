import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, isCode, pathOf } from './finding.ts'

/** Reads an issue of a library we do not know. One that already carries a code of ours passes as it is. */
export function standardFindings(issue: StandardSchemaV1.Issue, input: unknown): readonly Finding[] {
  const { code, params } = issue as Partial<Issue>
  const rule = typeof code === 'string' ? code.toLowerCase() : 'invalid'
  const finding = {
    path: pathOf(issue.path),
    rule,
    params: typeof code === 'string' && isCode(code) ? params : undefined,
    text: repeats(issue.message, valueAt(input, issue.path)) ? undefined : issue.message,
  }
  return [finding]
}

/** What is at a path of an input, or `undefined` where nothing is or it cannot be read. */
export function valueAt(input: unknown, path: StandardSchemaV1.Issue['path']): unknown {
  try {
    return (path ?? []).reduce<unknown>((value, part) => {
      const key = typeof part === 'object' ? part.key : part
      return Object.hasOwn(value as object, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined
    }, input)
  } catch {
    return undefined
  }
}

/** Whether a message has the value in it. Very short ones are in any text, and tell nothing. */
function repeats(message: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return false
  const text = String(value)
  return text.length > 2 && message.includes(text)
}
