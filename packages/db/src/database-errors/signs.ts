import type { Reason } from './reasons.ts'

/*
 * The one table of what databases, their drivers, Prisma's adapters and Prisma say, and the reason it means.
 * `reason-of.ts` tells which table to ask in which order. In a table of prefixes, a code that begins so is meant.
 */

/** PostgreSQL's SQLSTATE. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const sqlStates: Signs = {
  ...each('notNull', ['23502']),
  ...each('foreignKey', ['23503', '23001']),
  ...each('unique', ['23505', '23P01']),
  ...each('check', ['23514']),
  ...each('tooLong', ['22001']),
  ...each('outOfRange', ['22003', '22008', '22015']),
  ...each('text', ['22021', '22P05', '22P02', '22P03']),
  ...each('writeConflict', ['40001', '40P01']),
  ...each('serverTimeout', ['57014', '25P04']),
  ...each('transactionTimeout', ['25P03']),
  ...each('lockTimeout', ['55P03']),
  ...each('readOnly', ['25006']),
  ...each('ended', ['25P02']),
  ...each('refused', ['3D000']),
}
export const sqlStatePrefixes: Signs = {
  ...each('connectionLost', ['08', '57P']),
  ...each('exhausted', ['53']),
  ...each('refused', ['28']),
}

/** MariaDB's and MySQL's numbers; those from 45000 are the driver's own. @see https://mariadb.com/kb/en/mariadb-error-codes/ */
export const mysqlNumbers: Signs = {
  ...each('unique', ['1062', '1586']),
  ...each('foreignKey', ['1451', '1452', '1216', '1217']),
  ...each('notNull', ['1048', '1364', '1263']),
  ...each('check', ['4025', '3819']),
  ...each('tooLong', ['1406']),
  ...each('outOfRange', ['1264', '1690', '1292']),
  ...each('text', ['1366', '1265', '3140']),
  ...each('writeConflict', ['1213', '1020']),
  ...each('lockTimeout', ['1205', '3572']),
  ...each('serverTimeout', ['1969', '3024', '1317', '4031']),
  ...each('readOnly', ['1290', '1792', '1836']),
  ...each('refused', ['1044', '1045', '1049', '1130', '1698']),
  ...each('exhausted', ['1040', '1203', '1226', '1021', '1041', '1114']),
  ...each('connectionLost', ['1053', '1927', '2006', '2013', '1158', '1159', '1160', '1161']),
  ...each('connectionLost', ['45001', '45004', '45009', '45013', '45019', '45027', '45035', '45037']),
  ...each('unreachable', ['45012', '45061']),
  ...each('silence', ['45026', '45042']),
  ...each('busy', ['45028']),
}

/** SQLite's names, which better-sqlite3 tells, and libsql where Prisma's adapter lets it through. @see https://sqlite.org/rescode.html */
export const sqliteNames: Signs = {
  ...each('unique', ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_ROWID']),
  ...each('foreignKey', ['SQLITE_CONSTRAINT_FOREIGNKEY', 'SQLITE_CONSTRAINT_TRIGGER']),
  ...each('notNull', ['SQLITE_CONSTRAINT_NOTNULL']),
  ...each('check', ['SQLITE_CONSTRAINT_CHECK']),
  ...each('tooLong', ['SQLITE_TOOBIG']),
  ...each('ended', ['TRANSACTION_CLOSED']), // libsql's own
}
export const sqlitePrefixes: Signs = {
  ...each('sqliteBusy', ['SQLITE_BUSY', 'SQLITE_LOCKED']),
  ...each('serverTimeout', ['SQLITE_INTERRUPT']),
  ...each('readOnly', ['SQLITE_READONLY']),
  ...each('exhausted', ['SQLITE_FULL', 'SQLITE_NOMEM']),
  ...each('unreachable', ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT', 'SQLITE_NOTADB']),
}
/** The same as numbers, which libsql tells: the extended ones, then the primary ones. */
export const sqliteNumbers: Signs = {
  ...each('unique', ['2067', '1555', '2579']),
  ...each('foreignKey', ['787', '1811']),
  ...each('notNull', ['1299']),
  ...each('check', ['275']),
  ...each('tooLong', ['18']),
  ...each('sqliteBusy', ['5', '6']),
  ...each('serverTimeout', ['9']),
  ...each('readOnly', ['8']),
  ...each('exhausted', ['13', '7']),
  ...each('unreachable', ['10', '14', '11', '26']),
}

/** What an adapter of Prisma calls it. `SocketTimeout` is a locked SQLite too, see `reason-of.ts`. */
export const adapterKinds: Signs = {
  ...each('unique', ['UniqueConstraintViolation']),
  ...each('foreignKey', ['ForeignKeyConstraintViolation', 'RestrictViolation']),
  ...each('notNull', ['NullConstraintViolation']),
  ...each('tooLong', ['LengthMismatch']),
  ...each('outOfRange', ['ValueOutOfRange']),
  ...each('text', ['InvalidInputValue']),
  ...each('writeConflict', ['TransactionWriteConflict']),
  ...each('connectionLost', ['ConnectionClosed']),
  ...each('unreachable', ['DatabaseNotReachable', 'TlsConnectionError']),
  ...each('silence', ['SocketTimeout']),
  ...each('refused', ['AuthenticationFailed', 'DatabaseAccessDenied', 'DatabaseDoesNotExist']),
  ...each('exhausted', ['TooManyConnections']),
  ...each('ended', ['TransactionAlreadyClosed']),
  ...each('query', ['InvalidIsolationLevel']),
}

/** Prisma's own codes. @see https://www.prisma.io/docs/orm/reference/error-reference */
export const prismaCodes: Signs = {
  ...each('notFound', ['P2001', 'P2015', 'P2017', 'P2018', 'P2025']),
  ...each('unique', ['P2002']),
  ...each('foreignKey', ['P2003', 'P2014']),
  ...each('check', ['P2004']),
  ...each('notNull', ['P2011']),
  ...each('tooLong', ['P2000']),
  ...each('outOfRange', ['P2020', 'P2033']),
  ...each('text', ['P2006', 'P2007']),
  ...each('writeConflict', ['P2034']),
  ...each('silence', ['P1008']),
  ...each('busy', ['P2024', 'DATABASE_BUSY']),
  ...each('unreachable', ['P1001', 'P1002', 'P1011']),
  ...each('connectionLost', ['P1017']),
  ...each('refused', ['P1000', 'P1003', 'P1010']),
  ...each('exhausted', ['P2037']),
  ...each('ended', ['P1018']),
  ...each('query', ['P2008', 'P2009', 'P2012', 'P2013', 'P2016', 'P2019', 'P2026', 'P2029']),
}

/** Node's, of a socket. Prisma passes some of them on as if they were its own. */
export const socketCodes: Signs = {
  ...each('unreachable', ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']),
  ...each('connectionLost', ['ECONNRESET', 'ECONNABORTED', 'EPIPE']),
  ...each('silence', ['ETIMEDOUT']),
}

/** Errors of drivers that carry no code at all, by their whole text. */
export const driverTexts: Signs = {
  ...each('silence', ['Query read timeout']),
  ...each('busy', ['timeout exceeded when trying to connect']),
  ...each('unreachable', ['timeout expired', 'Connection terminated due to connection timeout']),
  ...each('connectionLost', ['Connection terminated', 'Connection terminated unexpectedly']),
  ...each('connectionLost', ['Client has encountered a connection error and is not queryable']),
  ...each('connectionLost', ['Client was closed and is not queryable']),
  ...each('unreachable', [
    'Cannot use a pool after calling end on the pool',
    'The database connection is not open',
  ]),
  ...each('outOfRange', ['The bound string, buffer, or bigint is too big']),
  ...each('outOfRange', ['bigint is too large to be represented as a 64-bit integer and passed as argument']),
}

/** How the text of a P2028 goes on after "Transaction API error: ". One that tells a timeout is past it. */
export const transactionTexts: Signs = {
  ...each('busy', ['Unable to start a transaction']),
  ...each('ended', ['Transaction not found', 'Transaction already closed']),
}

export type Signs = Readonly<Record<string, Reason>>

function each(reason: Reason, signs: readonly string[]): Signs {
  return Object.fromEntries(signs.map((sign) => [sign, reason]))
}
