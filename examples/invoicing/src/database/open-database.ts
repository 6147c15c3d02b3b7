import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocaleContext } from '@fastkit/contracts'
import { mixins } from '@fastkit/db'
import { type MigrationAdapter, migrate } from '@fastkit/db/migrate'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import { languages } from '../languages.ts'
import { providerOf } from './provider.ts'

/** The client of the whole app. Typed by SQLite's, the narrowest: what it can do, the others can do too. */
export type Db = ReturnType<typeof withMixins>

/** An open database; `isNew` when its tables were made just now. */
export interface OpenDatabase {
  readonly prisma: Db
  readonly isNew: boolean
}

const firstMigration = '20260101000000_clients'

/** Opens the database, brings its tables up to date, and declares the mixins of every model. @throws Error that fits on one line */
export async function openDatabase(
  url: string,
  { locale }: { readonly locale: LocaleContext },
): Promise<OpenDatabase> {
  const provider = providerOf(url)
  try {
    const { adapter, client } = await (provider === 'postgresql' ? postgresql(url) : sqlite(url))
    const applied = await migrate(
      adapter,
      fileURLToPath(new URL(`../../prisma/migrations/${provider}`, import.meta.url)),
    )
    // Without write-ahead log, a COMMIT that meets a reader fails.
    if (provider === 'sqlite') await client.$queryRaw`PRAGMA journal_mode = WAL`
    return { prisma: withMixins(client, locale), isNew: applied.includes(firstMigration) }
  } catch (error) {
    throw new Error(`cannot open the database of DATABASE_URL: ${rootMessage(error)}`, { cause: error })
  }
}

function withMixins(client: PrismaClient, locale: LocaleContext) {
  return client.$extends(
    mixins(
      {
        client: { timestamps: true, softDelete: true },
        product: {
          timestamps: true,
          softDelete: true,
          slug: { from: 'name' },
          translatable: ['name', 'description'],
        },
        invoice: { timestamps: true, version: true },
      },
      // A product that has no text in the caller's language is shown in another, rather than without.
      { locale, fallback: languages },
    ),
  )
}

interface Opened {
  readonly adapter: MigrationAdapter
  readonly client: PrismaClient
}

const options = {
  // One who waits for the one writer of SQLite, or a connection of PostgreSQL, is patient.
  transactionOptions: { maxWait: 20_000, timeout: 10_000 },
  // Otherwise Prisma records a stack for each call.
  errorFormat: 'minimal',
} as const

// Loaded on demand: only the chosen database's code is read.
async function sqlite(url: string): Promise<Opened> {
  await makeFolder(dirname(url.replace(/^file:/, '')))
  const [{ PrismaLibSql }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-libsql'),
    import('../generated/sqlite/client.ts'),
  ])
  // Without `bigint`, large integers fail to be read; without `timeout`, a second writer fails at once.
  const adapter = new PrismaLibSql({ url, intMode: 'bigint', timeout: 5000 })
  return { adapter, client: new PrismaClient({ ...options, adapter }) }
}

async function postgresql(url: string): Promise<Opened> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('../generated/postgresql/client.ts'),
  ])
  const adapter = new PrismaPg({ connectionString: url })
  return { adapter, client: new PrismaClient({ ...options, adapter }) as never }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

/** What the driver said, below the layers that wrapped it. */
function rootMessage(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return rootMessage(error.cause)
  const { originalMessage, message, kind } = Object(error) as Record<string, string | undefined>
  return (originalMessage || message || kind || String(error)).split('\n', 1)[0] as string
}
