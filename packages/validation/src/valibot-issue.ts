import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { englishMessage } from './messages.ts'

/** What Valibot tells of an issue beyond the standard. */
interface ValibotIssue extends StandardSchemaV1.Issue {
  readonly kind: 'schema' | 'validation' | 'transformation'
  /** The name of the schema or action, `strict_object`, `min_length`. */
  readonly type: string
  readonly input: unknown
  readonly expected: string | null
  /** The input, or its type, in words. Must not reach a client. */
  readonly received: string
  readonly requirement?: unknown
}

export function isValibotIssue(issue: StandardSchemaV1.Issue): issue is ValibotIssue {
  return 'kind' in issue && 'type' in issue && 'received' in issue
}

/** Code, message and params of a Valibot issue. A message written in the schema is kept, Valibot's own is not. */
export function valibotIssue(issue: ValibotIssue): Pick<Issue, 'code' | 'message' | 'params'> {
  const code = codeOf(issue)
  const params = paramsOf(code, issue)
  const message = isDefaultMessage(issue) ? englishMessage(code, params, issue.input) : issue.message
  return { code, message, ...(params && { params }) }
}

function codeOf({ kind, type, expected, received }: ValibotIssue): string {
  if (kind !== 'schema') return type.toUpperCase()
  if (received === 'undefined') return 'REQUIRED'
  if (type === 'strict_object' && expected === 'never') return 'UNKNOWN_KEY'
  return choices.includes(type) ? 'ONE_OF' : 'TYPE'
}

const choices: readonly string[] = ['picklist', 'enum', 'literal']

function paramsOf(
  code: string,
  { expected, requirement }: ValibotIssue,
): Record<string, unknown> | undefined {
  if (code === 'TYPE' || code === 'ONE_OF') return { expected: expected?.replace(/^\(|\)$/g, '') }
  const name = limitName(code)
  if (name === undefined) return undefined // other requirements can be anything, constants of the schema among them
  const value = requirement instanceof Date ? requirement.toJSON() : requirement
  if (typeof value === 'bigint') return { [name]: String(value) }
  return typeof value === 'number' || typeof value === 'string' ? { [name]: value } : undefined
}

function limitName(code: string): string | undefined {
  if (code.startsWith('MIN_')) return 'min'
  if (code.startsWith('MAX_')) return 'max'
  return code === 'LENGTH' || code === 'MULTIPLE_OF' ? 'requirement' : undefined
}

/** Valibot ends its own messages with what it received, which is often the rejected value itself. */
function isDefaultMessage({ message, received }: ValibotIssue): boolean {
  return message.startsWith('Invalid ') && message.endsWith(`eceived ${received}`)
}
