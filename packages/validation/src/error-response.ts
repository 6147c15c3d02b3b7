import type { Issue } from '@fastkit/contracts'
import type { ValidationError } from './errors.ts'

/** The body of a 422, as `hc` types it. */
export interface ValidationFailure {
  success: false
  message: string
  code: 'VALIDATION_FAILED'
  /** Messages by path, `{ "items.0.price": ["…"] }`; those about the input as a whole under `_root`. */
  errors: Record<string, string[]>
  issues: { path: (string | number)[]; code: string; message: string; params?: Record<string, unknown> }[]
  requestId?: string
}

/** As in @fastkit/http, which answers instead of us where it is installed. */
const statuses: Readonly<Record<string, number>> = { invalid: 422, malformed: 400, unsupported: 415 }

/** The answer of an app without error handling. */
export function errorResponse(error: ValidationError): Response {
  return Response.json(body(error), { status: statuses[error.kind] ?? 500 })
}

function body({ message, code, issues, errors }: ValidationError): object {
  return { success: false, message, code, ...(issues && { errors, issues: issues.map(wireIssue) }) }
}

function wireIssue({ path, code, message, params }: Issue): object {
  return { path, code, message, ...(params && { params }) }
}
