import { hideSecrets } from './hide-secrets.ts'

/** What a log line says about something that was thrown. */
export interface ThrownDescription {
  /** The name of its class, or of its type when it is no Error. */
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly stack?: string
  readonly cause?: ThrownDescription
  /** Those that an AggregateError holds, up to ten. */
  readonly errors?: readonly ThrownDescription[]
}

/**
 * Describes anything that was thrown, for the log. Never throws itself.
 *
 * Only these fields are taken: what else hangs at an error, requests with their headers or statements with their values,
 * stays out. Messages are cut at 1 KiB, causes after five, and passwords and tokens in the texts are hidden.
 */
export function describeThrown(thrown: unknown): ThrownDescription {
  return describe(thrown, 0)
}

const maxCauses = 5
const maxErrors = 10
const maxMessageLength = 1024
const maxStackLength = 8192

function describe(thrown: unknown, depth: number): ThrownDescription {
  if (!isError(thrown)) return { type: typeNameOf(thrown), message: textOf(thrown) }
  const code = read(thrown, 'code')
  const stack = read(thrown, 'stack')
  const cause = depth < maxCauses ? read(thrown, 'cause') : undefined
  const errors = depth < maxCauses ? listOf(read(thrown, 'errors')) : []
  return {
    type: shorten(read(thrown, 'name'), 100) ?? 'Error',
    message: shorten(read(thrown, 'message'), maxMessageLength) ?? '',
    ...(typeof code === 'number' && { code }),
    ...(typeof code === 'string' && { code: shorten(code, 100) as string }),
    ...(typeof stack === 'string' && { stack: shorten(stack, maxStackLength) as string }),
    ...(cause !== undefined && { cause: describe(cause, depth + 1) }),
    ...(errors.length > 0 && { errors: errors.map((error) => describe(error, maxCauses)) }),
  }
}

/** A Proxy may throw even when it is asked what it is. */
function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error
  } catch {
    return false
  }
}

/** A getter may throw, and a line must not be lost for it. */
function read(error: Error, field: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[field]
  } catch {
    return undefined
  }
}

function listOf(errors: unknown): unknown[] {
  try {
    return Array.isArray(errors) ? errors.slice(0, maxErrors) : []
  } catch {
    return []
  }
}

function shorten(text: unknown, maxLength: number): string | undefined {
  if (typeof text !== 'string') return undefined
  // Cut first, a little later than in the end: hiding is linear, but texts may be very long.
  const hidden = hideSecrets(text.slice(0, 2 * maxLength))
  return hidden.length > maxLength ? `${hidden.slice(0, maxLength)}…` : hidden
}

function typeNameOf(thrown: unknown): string {
  return thrown === null ? 'null' : typeof thrown
}

/** Of an object nothing is shown: it may hold anything. */
function textOf(thrown: unknown): string {
  if (typeof thrown === 'object' || typeof thrown === 'function')
    return 'Something that is no Error was thrown'
  return shorten(String(thrown), maxMessageLength) as string
}
