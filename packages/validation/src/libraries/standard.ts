import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, isCode, pathOf } from './finding.ts'

/** Reads an issue of a library we do not know. One that carries a code of ours can be translated, others stay. */
export function standardFinding(issue: StandardSchemaV1.Issue, input: unknown): Finding {
  const path = pathOf(issue.path)
  const text = repeats(issue.message, valueAt(input, issue.path)) ? undefined : issue.message
  const { code, params } = issue as Partial<Issue>
  if (typeof code !== 'string') return { path, rule: 'invalid', text }
  const rule = code.toLowerCase()
  return isCode(code) ? { path, rule, params, english: text } : { path, rule, text }
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
