import { isolateSqlite } from '../../src/sqlite/isolate-sqlite.ts'
import { betterSqlite3Adapter } from '../adapters.ts'
import { migratedDatabase } from '../databases.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'

export interface BetterSqliteDatabase {
  readonly unguarded: PrismaClient
  readonly guarded: PrismaClient
  guardedFor(waitMs: number): PrismaClient
  drop(): Promise<void>
}

/** A database of a test's own with clients that are opened when they are used. */
export async function betterSqliteDatabase(): Promise<BetterSqliteDatabase> {
  const { url, drop } = await migratedDatabase('sqlite')
  const clients: PrismaClient[] = []
  const client = (adapter: ConstructorParameters<typeof PrismaClient>[0]['adapter']) => {
    const made = new PrismaClient({ adapter: adapter as NonNullable<typeof adapter> })
    clients.push(made)
    return made
  }
  return {
    unguarded: client(betterSqlite3Adapter(url, 100)),
    guarded: client(isolateSqlite(betterSqlite3Adapter(url, 100))),
    guardedFor: (waitMs) => client(isolateSqlite(betterSqlite3Adapter(url, 100), { waitMs })),
    async drop() {
      await Promise.all(clients.map((made) => made.$disconnect()))
      await drop()
    },
  }
}

/** A promise and the function that settles it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}
