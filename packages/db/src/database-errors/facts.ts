/** What an error tells, wherever it comes from: Prisma's client, one of its adapters, or a driver below. */
export interface Facts {
  /** Prisma's `P2002`, or what some lower layer put there, `EPIPE`. */
  readonly code: string | undefined
  /** Never to be repeated: Prisma's texts hold source code and arguments, databases' hold values. */
  readonly text: string
  readonly meta: Meta
  /** The adapter's own account of what its driver threw. */
  readonly adapter: AdapterFacts
  /** Prisma refused the arguments before any database saw them. */
  readonly validation: boolean
}

export interface Meta {
  /** The model Prisma was asked for or, when the adapter tells the table, the one that is at fault. */
  readonly modelName?: unknown
  /** The model with the missing row, when it is another one. */
  readonly model?: unknown
  /** Milliseconds a transaction was allowed. Told when they are over. */
  readonly timeout?: unknown
  readonly driverAdapterError?: { readonly cause?: AdapterFacts }
}

export interface AdapterFacts {
  /** `UniqueConstraintViolation` and so on; the name of the dialect for an error that the adapter does not know. */
  readonly kind?: string
  readonly originalCode?: string
  readonly originalMessage?: string
  /** SQLite names columns, PostgreSQL and MariaDB a constraint. */
  readonly constraint?: { readonly fields?: readonly string[]; readonly index?: string }
  readonly table?: string
  readonly column?: string
  /** Of MariaDB's pool: why no connection could be made. Absent when all are in use. */
  readonly cause?: unknown
}

/** Reads an error of Prisma or of a driver that Prisma let through. Undefined for any other. */
export function factsOf(error: unknown): Facts | undefined {
  if (!(error instanceof Error)) return undefined
  const { name, message: text, code, meta = {}, cause } = error as PrismaError
  const ofAdapter = name === 'DriverAdapterError'
  if (!ofAdapter && !isOfPrisma(error) && name !== 'LibsqlError') return undefined
  return {
    code: typeof code === 'string' ? code : undefined,
    text,
    meta,
    adapter: (ofAdapter ? cause : meta.driverAdapterError?.cause) ?? {},
    validation: name === 'PrismaClientValidationError',
  }
}

/** The same for an error that is known to come from below Prisma, as all that COMMIT throws do. */
export function factsOfDriver(error: unknown): Facts | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, message: text } = error as PrismaError
  return { code: typeof code === 'string' ? code : undefined, text, meta: {}, adapter: {}, validation: false }
}

function isOfPrisma(error: Error): boolean {
  return error.name.startsWith('PrismaClient') || Object.hasOwn(error, 'clientVersion')
}

interface PrismaError extends Error {
  readonly code?: unknown
  readonly meta?: Meta
  readonly cause?: AdapterFacts
}
