import type { Issue } from '@fastkit/contracts'
import { HttpError } from './errors.ts'

/**
 * Turns what Valibot's `parse`, Zod's `parse` and ArkType's `assert` throw into a 422 `VALIDATION_FAILED`; of anything
 * else it makes `undefined`. For `mapError` of `installErrorHandling`, in an app that parses its input itself.
 *
 * Without it they are a 500, and so they should be where schemas also check what the app itself made. Their messages
 * repeat the value that was wrong, a password perhaps: a client learns paths and codes only, and the log nothing, since
 * the error of the library is no cause of the new one.
 */
export function schemaErrors(thrown: unknown): HttpError | undefined {
  const found = issuesOf(thrown)
  if (found === undefined) return undefined
  return new HttpError('VALIDATION_FAILED', 'The input is not valid', {
    issues: found.slice(0, maxIssues).map(toIssue),
  })
}

/** More than anyone reads, and a bound on what a hostile input can make us answer. */
const maxIssues = 100

/** What the libraries' errors have in common, by the names of their classes. */
interface Found {
  readonly path?: unknown
  readonly code?: unknown
  readonly type?: unknown
}

const lists: Readonly<Record<string, string>> = {
  ValiError: 'issues',
  ZodError: 'issues',
  $ZodError: 'issues',
  TraversalError: 'arkErrors',
}

function issuesOf(thrown: unknown): Found[] | undefined {
  if (!(thrown instanceof Error) || !Object.hasOwn(lists, thrown.name)) return undefined
  const list = (thrown as unknown as Record<string, unknown>)[lists[thrown.name] as string]
  // Copied: ArkType's list is a class of its own.
  return Array.isArray(list) ? Array.from(list as Found[]) : undefined
}

function toIssue({ path, code, type }: Found): Issue {
  const name = typeof code === 'string' ? code : typeof type === 'string' ? type : 'invalid'
  return { path: Array.isArray(path) ? Array.from(path, segment) : [], code: name.toUpperCase() }
}

/** Valibot's parts of a path are objects, the others' are keys. */
function segment(part: unknown): string | number {
  const key = typeof part === 'object' && part !== null && 'key' in part ? part.key : part
  return typeof key === 'number' ? key : String(key).slice(0, 100)
}
