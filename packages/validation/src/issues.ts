import type { Issue } from '@fastkit/contracts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isValibotIssue, valibotIssue } from './valibot-issue.ts'

/** More than anyone reads, and a bound on what a hostile input can make us answer. */
const maxIssues = 100

/** Longer names of unknown keys are cut: they come from the client. */
const maxSegmentLength = 100

/**
 * Turns a schema library's issues into ours: full path, stable code, and a message that never repeats the input.
 *
 * Valibot's are understood to the letter. Those that already carry a code of ours pass as they are; those of other
 * libraries keep their message, and their own code in capitals.
 */
export function toIssues(found: readonly StandardSchemaV1.Issue[]): { issues: Issue[]; truncated: boolean } {
  // Copied first: ArkType's lists are classes, and what `slice` and `map` make of them are, too.
  const issues = Array.from(found).slice(0, maxIssues).map(toIssue)
  return { issues, truncated: found.length > maxIssues }
}

function toIssue(found: StandardSchemaV1.Issue): Issue {
  const path = Array.from(found.path ?? [], segment)
  if (isValibotIssue(found)) return { path, ...valibotIssue(found) }
  const { code, params } = found as Partial<Issue>
  const ours = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code)
  return {
    path,
    code: typeof code === 'string' ? code.toUpperCase() : 'INVALID',
    message: found.message,
    ...(ours && params && { params }),
  }
}

function segment(part: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof part === 'object' ? part.key : part
  if (typeof key === 'number') return key
  const name = String(key)
  return name.length > maxSegmentLength ? `${name.slice(0, maxSegmentLength)}…` : name
}
