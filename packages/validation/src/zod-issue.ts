import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, pathOf } from './finding.ts'
import { choiceParams, limitParams, typeParams } from './finding-params.ts'
import { valueAt } from './standard-issue.ts'

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
export function zodFindings(issue: ZodIssue, input: unknown): readonly Finding[] {
  const path = pathOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? [])
      .slice(0, 101)
      .map((key) => ({ path: [...path, ...pathOf([key])], code: 'UNKNOWN_KEY' }))
  }
  const code = codeOf(issue, input)
  return [
    { path, code, params: paramsOf(code, issue), text: isDefaultMessage(issue) ? undefined : issue.message },
  ]
}

function codeOf(issue: ZodIssue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return 'INTEGER'
      return valueAt(input, issue.path) === undefined ? 'REQUIRED' : 'TYPE'
    case 'invalid_value':
      return valueAt(input, issue.path) === undefined ? 'REQUIRED' : 'ONE_OF'
    case 'too_small':
      return limitCode('MIN', 'GT', issue)
    case 'too_big':
      return limitCode('MAX', 'LT', issue)
    case 'not_multiple_of':
      return 'MULTIPLE_OF'
    case 'invalid_format':
      return formats.get(issue.format ?? '') ?? (issue.format ?? 'regex').toUpperCase()
    default:
      return 'INVALID'
  }
}

const formats: ReadonlyMap<string, string> = new Map([
  ['guid', 'UUID'],
  ['ipv4', 'IP'],
  ['ipv6', 'IP'],
  ['date', 'ISO_DATE'],
  ['time', 'ISO_TIME'],
  ['datetime', 'ISO_TIMESTAMP'],
])

function limitCode(
  side: 'MIN' | 'MAX',
  exclusive: 'GT' | 'LT',
  { origin, exact, inclusive }: ZodIssue,
): string {
  if (origin === 'string') return exact === true ? 'LENGTH' : `${side}_LENGTH`
  if (origin === 'array') return exact === true ? 'ITEM_COUNT' : `${side}_ITEMS`
  if (origin === 'set' || origin === 'map' || origin === 'file') return `${side}_SIZE`
  return inclusive === false ? `${exclusive}_VALUE` : `${side}_VALUE`
}

function paramsOf(code: string, issue: ZodIssue): Finding['params'] {
  if (code === 'TYPE') return typeParams(issue.expected ?? 'unknown')
  if (code === 'ONE_OF') {
    return choiceParams(
      (issue.values ?? []).map((value) => (typeof value === 'string' ? `"${value}"` : String(value))),
    )
  }
  const { minimum = issue.maximum ?? issue.divisor } = issue
  // A limit of dates comes as milliseconds.
  return limitParams(code, issue.origin === 'date' ? new Date(Number(minimum)) : minimum)
}

/** Zod's own messages name no values; in other languages (`z.config`) they are kept. */
function isDefaultMessage({ message }: ZodIssue): boolean {
  return /^(Invalid |Too (small|big): |Unrecognized key)/.test(message)
}
