import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type Finding, pathOf } from './finding.ts'
import { choiceParams, limitParams, statedParams, typeParams } from './finding-params.ts'

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
  /** Set where the application has chosen a language for all of Valibot. */
  readonly lang?: string | undefined
}

/** Reads an issue of Valibot's. A message written in the schema is kept, Valibot's own is not. */
export function valibotFinding(issue: ValibotIssue): Finding {
  const rule = ruleOfIssue(issue)
  const text = isDefaultMessage(issue) ? undefined : issue.message
  return { path: pathOf(issue.path), rule, params: paramsOf(rule, issue), text }
}

function ruleOfIssue({ kind, type, expected, received, input }: ValibotIssue): string {
  if (kind !== 'schema') return ruleOf(type, input)
  if (type === 'never' || (type === 'strict_object' && expected === 'never')) return 'unknown_key'
  if (received === 'undefined') return 'required'
  return choices.includes(type) || isListOfLiterals(expected) ? 'one_of' : 'type'
}

const choices: readonly string[] = ['picklist', 'enum', 'literal']

/** A union of literals, or the key that tells the members of a variant apart: `("a" | "b")`. */
function isListOfLiterals(expected: string | null): boolean {
  return expected?.[0] === '(' && /^\("[^|]*"( \| "[^|]*")*\)$/.test(expected)
}

function ruleOf(type: string, input: unknown): string {
  const rule = aliases.get(type) ?? type
  const ofList = Array.isArray(input) ? listRules.get(rule) : undefined
  return ofList ?? rule
}

/** What Valibot tells apart, and a client need not. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['min_code_points', 'min_length'],
  ['max_code_points', 'max_length'],
  ['code_points', 'length'],
  ['min_graphemes', 'min_length'],
  ['max_graphemes', 'max_length'],
  ['graphemes', 'length'],
  ['min_entries', 'min_items'],
  ['max_entries', 'max_items'],
  ['entries', 'item_count'],
  ['safe_integer', 'integer'],
  ['rfc_email', 'email'],
  ['ipv4', 'ip'],
  ['ipv6', 'ip'],
  ['iso_time_second', 'iso_time'],
  ['iso_date_time_second', 'iso_date_time'],
  ['raw_check', 'invalid'],
  ['partial_check', 'invalid'],
  ['check', 'invalid'],
])

/** Valibot counts characters and entries by the same rule. */
const listRules: ReadonlyMap<string, string> = new Map([
  ['min_length', 'min_items'],
  ['max_length', 'max_items'],
  ['length', 'item_count'],
])

function paramsOf(rule: string, { type, expected, requirement }: ValibotIssue): Finding['params'] {
  if (rule === 'type') return typeParams(expected ?? 'unknown')
  if (rule === 'one_of') return choiceParams(expected ?? '')
  if (type === 'raw_check' || type === 'raw_transform')
    return expected === null ? undefined : statedParams(expected)
  return limitParams(rule, requirement)
}

/** Valibot ends its own messages with what it received, which is often the rejected value itself. */
function isDefaultMessage({ message, received, lang }: ValibotIssue): boolean {
  if (lang !== undefined) return message.includes(received)
  const word = message.length - received.length - 'eceived '.length
  return message.startsWith('Invalid ') && message.startsWith('eceived ', word) && message.endsWith(received)
}
