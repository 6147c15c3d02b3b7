import { DbError } from '../errors.ts'
import type { ErrorModel } from './error-model.ts'
import { type Facts, factsOf } from './facts.ts'
import { fieldsOf } from './fields.ts'
import { reasonOf, reasonOfCommit } from './reason-of.ts'
import { meaningOf, type Reason } from './reasons.ts'

/**
 * Turns what Prisma, its adapters and their drivers throw into a `DbError`, the same on every database.
 *
 * Message, params and issues hold names of the schema and nothing the database said; its own error is the `cause`.
 * A `DbError`, and whatever is not Prisma's, is returned as it is.
 *
 * @param model Whose fields may be named. Without it, fields are named only where the database tells columns.
 */
export function translateDatabaseError(error: unknown, model?: ErrorModel): unknown {
  if (error instanceof DbError) return error
  const reason = reasonOf(error)
  return reason === undefined ? error : dbError(reason, error, model)
}

/**
 * Translates what a transaction threw *after* its callback had returned: that came from COMMIT. When the connection
 * was lost there, nobody can know whether the changes are in the database, and the error says so.
 */
export function translateCommitError(error: unknown): unknown {
  if (error instanceof DbError) return error
  const reason = reasonOfCommit(error)
  if (reason === undefined) return error
  return dbError(meaningOf(reason).unanswered ? 'commitUnknown' : reason, error)
}

/**
 * Whether the same transaction, run again from its start, may well succeed: a write conflict, a deadlock, or a SQLite
 * file that stayed locked. Knows translated errors and raw ones.
 */
export function isRetryable(error: unknown): boolean {
  if (error instanceof DbError && error.code === 'WRITE_CONFLICT') return true
  const reason = reasonOf(error instanceof DbError ? error.cause : error)
  return reason !== undefined && meaningOf(reason).retryable === true
}

function dbError(reason: Reason, cause: unknown, model?: ErrorModel): DbError {
  const { code, message, ofFields, issue, retryAfterMs } = meaningOf(reason)
  const facts = factsOf(cause)
  const name = modelAtFault(facts, model)
  const ours = model === undefined || name === model.name
  const fields = ofFields && facts && ours ? fieldsOf(facts.adapter, model) : []
  return new DbError(code, message(name ?? 'row', fields), {
    ...paramsOf(reason, { facts, name, fields, model }),
    ...(issue && fields.length > 0 && { issues: fields.map((field) => ({ path: [field], ...issue })) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    cause,
  })
}

/** A nested write or connect may fail on another model than the one Prisma was asked for. */
function modelAtFault(facts: Facts | undefined, model: ErrorModel | undefined): string | undefined {
  const { model: missing, modelName } = facts?.meta ?? {}
  const named = typeof missing === 'string' ? missing : modelName
  return typeof named === 'string' ? named : model?.name
}

interface Findings {
  readonly facts: Facts | undefined
  readonly name: string | undefined
  readonly fields: readonly string[]
  readonly model: ErrorModel | undefined
}

function paramsOf(
  reason: Reason,
  { facts, name, fields, model }: Findings,
): { params?: Record<string, unknown> } {
  const { issue } = meaningOf(reason)
  const code = reason === 'unknown' ? codeOf(facts) : undefined
  const argument = reason === 'query' ? argumentOf(facts, model) : undefined
  const params = {
    ...(name !== undefined && { model: name }),
    ...((issue || fields.length > 0) && { fields }),
    ...(code !== undefined && { code }),
    ...(argument !== undefined && { argument }),
  }
  return Object.keys(params).length === 0 ? {} : { params }
}

/** A code has few letters and no spaces. Anything else in its place might be a sentence with a secret in it. */
function codeOf(facts: Facts | undefined): string | undefined {
  const { originalCode } = facts?.adapter ?? {}
  return [originalCode, facts?.code].find((code) => code !== undefined && /^[A-Z0-9_]{1,40}$/.test(code))
}

/** Prisma names the argument in a line of its own. Only a name the model has is repeated: others are the caller's. */
function argumentOf(facts: Facts | undefined, model: ErrorModel | undefined): string | undefined {
  const named = /^(?:Unknown argument|Unknown field|Argument|Invalid value for argument) `(\w+)`/m.exec(
    facts?.text ?? '',
  )
  const [, name] = named ?? []
  return name !== undefined && model?.fields.has(name) ? name : undefined
}
