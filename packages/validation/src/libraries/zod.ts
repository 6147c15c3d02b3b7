import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, pathOf } from './finding.ts'
import { choiceParams, limitParams, typeParams } from './finding-params.ts'
import { valueAt } from './standard.ts'

/** What Zod 4 tells of an issue beyond the standard. */
interface ZodIssue extends StandardSchemaV1.Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly expected?: string
  /** Of limits: what is measured. */
  readonly origin?: string
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly inclusive?: boolean
  readonly exact?: boolean
  readonly divisor?: unknown
  readonly format?: string
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
}

/** Reads an issue of Zod's, which is one for all keys that are unknown. */
export function zodFindings(issue: ZodIssue, input: unknown): Finding | readonly Finding[] {
  const path = pathOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? [])
      .slice(0, 101)
      .map((key) => ({ path: [...path, ...pathOf([key])], rule: 'unknown_key' }))
  }
  const rule = ruleOf(issue, input)
  const text = isDefaultMessage(issue) ? undefined : issue.message
  return { path, rule, params: paramsOf(rule, issue), text }
}

function ruleOf(issue: ZodIssue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return 'integer'
      return valueAt(input, issue.path) === undefined ? 'required' : 'type'
    case 'invalid_value':
      return valueAt(input, issue.path) === undefined ? 'required' : 'one_of'
    case 'too_small':
      return limitRule('min', 'gt', issue)
    case 'too_big':
      return limitRule('max', 'lt', issue)
    case 'not_multiple_of':
      return 'multiple_of'
    case 'invalid_format':
      return formats.get(issue.format ?? '') ?? issue.format ?? 'regex'
    default:
      return 'invalid'
  }
}

const formats: ReadonlyMap<string, string> = new Map([
  ['guid', 'uuid'],
  ['ipv4', 'ip'],
  ['ipv6', 'ip'],
  ['date', 'iso_date'],
  ['time', 'iso_time'],
  ['datetime', 'iso_timestamp'],
])

function limitRule(
  side: 'min' | 'max',
  exclusive: 'gt' | 'lt',
  { origin, exact, inclusive }: ZodIssue,
): string {
  if (origin === 'string') return exact === true ? 'length' : `${side}_length`
  if (origin === 'array') return exact === true ? 'item_count' : `${side}_items`
  if (origin === 'set' || origin === 'map' || origin === 'file') return `${side}_size`
  return inclusive === false ? `${exclusive}_value` : `${side}_value`
}

function paramsOf(rule: string, issue: ZodIssue): Finding['params'] {
  if (rule === 'type') return typeParams(issue.expected ?? 'unknown')
  if (rule === 'one_of') return choiceParams((issue.values ?? []).map(quoted).join(' | '))
  const { minimum = issue.maximum ?? issue.divisor } = issue
  // A limit of dates comes as milliseconds.
  return limitParams(rule, issue.origin === 'date' ? new Date(Number(minimum)) : minimum)
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value)
}

/** Zod's own messages name no values; in other languages (`z.config`) they are kept. */
function isDefaultMessage({ message }: ZodIssue): boolean {
  return /^(Invalid |Too (small|big): |Unrecognized key)/.test(message)
}
