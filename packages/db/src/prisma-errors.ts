import { DbError } from './errors.ts'
import type { ModelInfo } from './prisma-internals.ts'

/**
 * Turns what Prisma throws into what callers can act on, with field names where the database tells them. Anything
 * else passes through unchanged.
 */
export function translatePrismaError(error: unknown, model: ModelInfo): unknown {
  if (!isKnownRequestError(error)) return error
  const params = { model: model.name }
  switch (error.code) {
    case 'P2025':
      return new DbError('NOT_FOUND', `There is no such ${model.name}`, { params, cause: error })
    case 'P2002': {
      const fields = violatedFields(error, model)
      return new DbError(
        'UNIQUE_VIOLATION',
        `Another ${model.name} has the same ${fields.join(', ') || 'value'}`,
        {
          params: { ...params, fields },
          issues: fields.map((field) => ({ path: [field], code: 'UNIQUE', message: 'Is already taken' })),
          cause: error,
        },
      )
    }
    case 'P2003':
      return new DbError('FOREIGN_KEY_VIOLATION', `${model.name} is tied to rows that forbid this`, {
        params,
        cause: error,
      })
    default:
      return error
  }
}

interface KnownRequestError extends Error {
  readonly code: string
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly constraint?: Constraint } } }
}

/** SQLite names the columns, PostgreSQL and MariaDB the index. */
interface Constraint {
  readonly fields?: readonly string[]
  readonly index?: string
}

function isKnownRequestError(error: unknown): error is KnownRequestError {
  return error instanceof Error && error.name === 'PrismaClientKnownRequestError'
}

function violatedFields({ meta }: KnownRequestError, model: ModelInfo): string[] {
  const { fields = [], index } = meta?.driverAdapterError?.cause?.constraint ?? {}
  const named = fields.map((field) => field.replaceAll('"', '')).filter((field) => model.fields.has(field))
  return named.length > 0 || index === undefined ? named : fieldsOfIndex(index, model)
}

/** Reads Prisma's own name of a unique index, `Author_email_key` or `books_authorId_title_key`, from the right. */
function fieldsOfIndex(index: string, model: ModelInfo): string[] {
  const words = index.replace(/_key$/, '').split('_')
  const fields: string[] = []
  while (words.length > 0) {
    const start = words.findIndex((_, at) => model.fields.has(words.slice(at).join('_')))
    if (start < 0) break
    fields.unshift(words.splice(start).join('_'))
  }
  return fields
}
