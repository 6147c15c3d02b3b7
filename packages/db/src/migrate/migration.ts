import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DbError } from '../errors.ts'

export interface Migration {
  /** The folder's name. Migrations run in the order of their names. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, as Prisma computes it. */
  readonly checksum: string
  /** The same for the file with the line ends of another system: a checkout may change them. */
  readonly alike: readonly string[]
}

/**
 * Reads Prisma's migration folders, `<directory>/<name>/migration.sql`.
 *
 * @throws DbError `MIGRATION_MISSING` when the directory or the file in one of its folders is not there
 */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(missing(directory))
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(names.sort().map((name) => readMigration(directory, name)))
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const path = join(directory, name, 'migration.sql')
  const bytes = await readFile(path).catch(missing(path))
  const text = bytes.toString('utf8')
  const unix = text.replaceAll('\r\n', '\n')
  return {
    name,
    sql: text.replace(/^\uFEFF/, ''),
    checksum: sha256(bytes),
    alike: [sha256(unix), sha256(unix.replaceAll('\n', '\r\n'))],
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

function missing(path: string) {
  return (cause: unknown): never => {
    throw new DbError('MIGRATION_MISSING', `Cannot read ${path}`, { cause })
  }
}
