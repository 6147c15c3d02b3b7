import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, pathOf } from './finding.ts'
import { choiceParams, limitParams, typeParams } from './finding-params.ts'

/** What ArkType tells of an issue beyond the standard. */
interface ArktypeIssue extends StandardSchemaV1.Issue {
  readonly code: string
  /** What was expected, in English: `an email address`. */
  readonly expected: string
  /** The value, or its type, in words. Must not reach a client. */
  readonly actual: string
  readonly problem: string
  /** The value. */
  readonly data: unknown
  readonly rule?: unknown
  readonly exclusive?: boolean
}

/** Reads an issue of ArkType's, whose own messages end with the value. */
export function arktypeFindings(issue: ArktypeIssue): readonly Finding[] {
  const code = codeOf(issue)
  return [{ path: pathOf(issue.path), code, params: paramsOf(code, issue), text: ownMessage(issue) }]
}

function codeOf({ code, expected, exclusive, data }: ArktypeIssue): string {
  if (code === 'required') return 'REQUIRED'
  if (code === 'min') return exclusive === true ? 'GT_VALUE' : 'MIN_VALUE'
  if (code === 'max') return exclusive === true ? 'LT_VALUE' : 'MAX_VALUE'
  if (code === 'predicate' && expected === 'removed') return 'UNKNOWN_KEY'
  if (code === 'pattern') return patterns.get(expected) ?? 'REGEX'
  return (Array.isArray(data) ? listCodes.get(code) : undefined) ?? codes.get(code) ?? 'INVALID'
}

const codes: ReadonlyMap<string, string> = new Map([
  ['domain', 'TYPE'],
  ['proto', 'TYPE'],
  ['unit', 'ONE_OF'],
  ['minLength', 'MIN_LENGTH'],
  ['maxLength', 'MAX_LENGTH'],
  ['exactLength', 'LENGTH'],
  ['divisor', 'MULTIPLE_OF'],
  ['after', 'MIN_VALUE'],
  ['before', 'MAX_VALUE'],
])

/** ArkType counts characters and entries by the same rule. */
const listCodes: ReadonlyMap<string, string> = new Map([
  ['minLength', 'MIN_ITEMS'],
  ['maxLength', 'MAX_ITEMS'],
  ['exactLength', 'ITEM_COUNT'],
])

const patterns: ReadonlyMap<string, string> = new Map([
  ['an email address', 'EMAIL'],
  ['a UUID', 'UUID'],
  ['an IP address', 'IP'],
])

function paramsOf(code: string, { expected, rule }: ArktypeIssue): Finding['params'] {
  if (code === 'TYPE') return typeParams(expected.replace(/^an? /, ''))
  if (code === 'ONE_OF') return choiceParams([expected])
  return limitParams(code, code === 'MULTIPLE_OF' || rule instanceof Date ? rule : Number(rule))
}

/** A message of the schema's author is one that is not made of the others. */
function ownMessage({ message, problem, actual, expected }: ArktypeIssue): string | undefined {
  const made = message.endsWith(problem) || (actual !== '' && message.includes(`(was ${actual})`))
  return made || message.includes(`must be ${expected}`) ? undefined : message
}
