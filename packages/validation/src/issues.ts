import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { arktypeFindings } from './arktype-issue.ts'
import { type Finding, isCode } from './finding.ts'
import { type MessageOptions, messageWriter } from './messages.ts'
import { standardFindings } from './standard-issue.ts'
import { valibotFindings } from './valibot-issue.ts'
import { zodFindings } from './zod-issue.ts'

/** More than anyone reads, and a bound on what a hostile input can make us answer. */
const maxIssues = 100

/** What was validated with which library, and how messages are worded. */
export interface Asked extends MessageOptions {
  readonly vendor: string
  readonly input: unknown
}

/**
 * Turns a schema library's issues into ours: full path, stable code, and a message that never repeats the input.
 *
 * Those of Valibot, Zod and ArkType are understood; those of other libraries keep their message, as long as the input
 * is not in it.
 */
export function toIssues(
  found: readonly StandardSchemaV1.Issue[],
  { vendor, input, ...options }: Asked,
): { issues: Issue[]; truncated: boolean } {
  const write = messageWriter(options)
  const findingsOf = readers.get(vendor) ?? standardFindings
  const issues: Issue[] = []
  let at = 0
  for (; at < found.length && issues.length < maxIssues; at++) {
    for (const finding of findingsOf(found[at] as never, input)) {
      issues.push(write(withRule(finding)))
    }
  }
  const truncated = at < found.length || issues.length > maxIssues
  return { issues: issues.length > maxIssues ? issues.slice(0, maxIssues) : issues, truncated }
}

/** By the names that the libraries have in Standard Schema. */
const readers = new Map<string, (issue: never, input: unknown) => readonly Finding[]>([
  ['valibot', valibotFindings],
  ['zod', zodFindings],
  ['arktype', arktypeFindings],
])

/** An absent value is `REQUIRED` whatever the schema calls a wrong one. */
function withRule(finding: Finding): Finding {
  const { rule, text } = finding
  if (text === undefined || !isCode(text)) return finding
  if (rule === 'required') return { ...finding, text: undefined }
  return { ...finding, rule: text.toLowerCase(), text: undefined, named: true }
}
