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
export function arktypeFinding(issue: ArktypeIssue): Finding {
  const rule = ruleOf(issue)
  return { path: pathOf(issue.path), rule, params: paramsOf(rule, issue), text: ownMessage(issue) }
}

function ruleOf({ code, expected, exclusive, data }: ArktypeIssue): string {
  if (code === 'required') return 'required'
  if (code === 'min') return exclusive === true ? 'gt_value' : 'min_value'
  if (code === 'max') return exclusive === true ? 'lt_value' : 'max_value'
  if (code === 'predicate' && expected === 'removed') return 'unknown_key'
  if (code === 'pattern') return patterns.get(expected) ?? 'regex'
  return (Array.isArray(data) ? listRules.get(code) : undefined) ?? rules.get(code) ?? 'invalid'
}

const rules: ReadonlyMap<string, string> = new Map([
  ['domain', 'type'],
  ['proto', 'type'],
  ['unit', 'one_of'],
  ['minLength', 'min_length'],
  ['maxLength', 'max_length'],
  ['exactLength', 'length'],
  ['divisor', 'multiple_of'],
  ['after', 'min_value'],
  ['before', 'max_value'],
])

/** ArkType counts characters and entries by the same rule. */
const listRules: ReadonlyMap<string, string> = new Map([
  ['minLength', 'min_items'],
  ['maxLength', 'max_items'],
  ['exactLength', 'item_count'],
])

const patterns: ReadonlyMap<string, string> = new Map([
  ['an email address', 'email'],
  ['a UUID', 'uuid'],
  ['an IP address', 'ip'],
])

function paramsOf(rule: string, { expected, rule: limit }: ArktypeIssue): Finding['params'] {
  if (rule === 'type') return typeParams(expected.replace(/^an? /, ''))
  if (rule === 'one_of') return choiceParams(expected)
  return limitParams(rule, typeof limit === 'string' ? Number(limit) : limit)
}

/** A message of the schema's author is one that is not made of the others. */
function ownMessage({ message, problem, actual, expected }: ArktypeIssue): string | undefined {
  const made = message.endsWith(problem) || (actual !== '' && message.includes(`(was ${actual})`))
  return made || message.includes(`must be ${expected}`) ? undefined : message
}
