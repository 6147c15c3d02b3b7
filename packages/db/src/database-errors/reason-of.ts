import { type AdapterFacts, type Facts, factsOf, factsOfDriver } from './facts.ts'
import type { Reason } from './reasons.ts'
import * as signs from './signs.ts'

/** Why Prisma or a driver threw this. Undefined when they did not. */
export function reasonOf(error: unknown): Reason | undefined {
  const facts = factsOf(error)
  if (facts) return reasonFrom(facts)
  return error instanceof Error ? exactly(signs.driverTexts, error.message) : undefined
}

/** Why COMMIT failed. There, Prisma lets through whatever the driver threw. */
export function reasonOfCommit(error: unknown): Reason | undefined {
  const facts = factsOf(error) ?? factsOfDriver(error)
  return facts && reasonFrom(facts)
}

/** The nearer to the database, the more exact: the driver's code, then the adapter's kind, then Prisma's code. */
function reasonFrom({ adapter, code, text, meta, validation }: Facts): Reason {
  if (validation) return 'query'
  return (
    fromDriver(adapter) ??
    exactly(signs.adapterKinds, adapter.kind) ??
    (code === 'P2028' ? fromTransaction(text, meta.timeout) : exactly(signs.prismaCodes, code)) ??
    exactly(signs.socketCodes, code) ??
    fromName(code) ??
    exactly(signs.driverTexts, text) ??
    'unknown'
  )
}

function fromDriver({ kind, originalCode: code, originalMessage, cause }: AdapterFacts): Reason | undefined {
  switch (kind) {
    case 'SocketTimeout': // a socket of PostgreSQL's has no message; SQLite's lock has one
      return originalMessage === undefined ? undefined : 'sqliteBusy'
    case 'postgres':
      return exactly(signs.sqlStates, code) ?? byPrefix(signs.sqlStatePrefixes, code)
    case 'mysql': {
      const reason = exactly(signs.mysqlNumbers, code)
      return reason === 'busy' && cause !== undefined ? 'unreachable' : reason
    }
    case 'sqlite':
      return Number.isInteger(Number(code)) ? fromNumber(Number(code)) : fromName(code)
    default:
      return undefined
  }
}

/** SQLite keeps the primary code in the lowest byte of the extended one. */
function fromNumber(code: number): Reason | undefined {
  return exactly(signs.sqliteNumbers, String(code)) ?? exactly(signs.sqliteNumbers, String(code & 255))
}

function fromName(code: string | undefined): Reason | undefined {
  return exactly(signs.sqliteNames, code) ?? byPrefix(signs.sqlitePrefixes, code)
}

/** The text begins with the caller's source code, so only what follows Prisma's own words counts. */
function fromTransaction(text: string, timeout: unknown): Reason | undefined {
  if (typeof timeout === 'number') return 'transactionTimeout'
  const words = 'Transaction API error: '
  return byPrefix(signs.transactionTexts, text.slice(text.lastIndexOf(words) + words.length))
}

function exactly(table: signs.Signs, sign: string | undefined): Reason | undefined {
  return sign !== undefined && Object.hasOwn(table, sign) ? table[sign] : undefined
}

function byPrefix(table: signs.Signs, sign: string | undefined): Reason | undefined {
  const prefix = Object.keys(table).find((start) => sign?.startsWith(start))
  return exactly(table, prefix)
}
