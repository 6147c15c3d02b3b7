import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { arktypeFinding } from './libraries/arktype.ts'
import { type Finding, isCode } from './libraries/finding.ts'
import { standardFinding } from './libraries/standard.ts'
import { valibotFinding } from './libraries/valibot.ts'
import { zodFindings } from './libraries/zod.ts'
import { type MessageOptions, messageWriter } from './messages.ts'

/** More than anyone reads, and a bound on what a hostile input can make us answer. */
const maxIssues = 100

/** What was validated with which library, and how messages are worded. */
export interface Asked {
  readonly vendor: string
  readonly input: unknown
  readonly options: MessageOptions | undefined
}

/**
 * Turns a schema library's issues into ours: full path, stable code, and a message that never repeats the input.
 *
 * Those of Valibot, Zod and ArkType are understood; those of other libraries keep their message, as long as the input
 * is not in it.
 */
export function toIssues(
  found: readonly StandardSchemaV1.Issue[],
  { vendor, input, options = {} }: Asked,
): { issues: Issue[]; truncated: boolean } {
  const write = messageWriter(options)
  const read = readers.get(vendor) ?? standardFinding
  const issues: Issue[] = []
  let at = 0
  for (; at < found.length && issues.length < maxIssues; at++) {
    const finding = read(found[at] as never, input)
    if (isList(finding)) for (const each of finding) issues.push(write(withRule(each)))
    else issues.push(write(withRule(finding)))
  }
  const truncated = at < found.length || issues.length > maxIssues
  return { issues: issues.length > maxIssues ? issues.slice(0, maxIssues) : issues, truncated }
}

/** By the names that the libraries have in Standard Schema. */
const readers = new Map<string, (issue: never, input: unknown) => Finding | readonly Finding[]>([
  ['valibot', valibotFinding],
  ['zod', zodFindings],
  ['arktype', arktypeFinding],
])

const isList: (finding: Finding | readonly Finding[]) => finding is readonly Finding[] = Array.isArray

/** An absent value is `REQUIRED` whatever the schema calls a wrong one. */
function withRule(finding: Finding): Finding {
  const { rule, text } = finding
  if (text === undefined || !isCode(text)) return finding
  if (rule === 'required') return { ...finding, text: undefined }
  return { ...finding, rule: text.toLowerCase(), text: undefined, hasOwnCode: true }
}
