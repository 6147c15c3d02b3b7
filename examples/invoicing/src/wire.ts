import type { ScopedLogger } from '@fastkit/logger'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { providerOf } from './database/provider.ts'
import { seed } from './database/seed.ts'
import { clientRepository } from './modules/clients/clients.repository.ts'
import { ClientService } from './modules/clients/clients.service.ts'

/** The app with everything in place, and the way to put it away. */
export interface Wired {
  readonly app: ReturnType<typeof createApp>
  close(): Promise<void>
}

/** Builds the app: the only file that knows everybody. */
export async function wire({ databaseUrl, apiToken }: Config, logger: ScopedLogger): Promise<Wired> {
  const { prisma, isNew } = await openDatabase(databaseUrl.reveal())
  const clients = new ClientService({ clients: clientRepository(prisma) })
  if (isNew && providerOf(databaseUrl.reveal()) === 'sqlite') await seed({ clients })

  const database = () => clients.exists() // a query that touches no table finds SQLite well without its file
  const app = createApp({ clients, health: { database }, logger, apiToken })
  return { app, close: () => prisma.$disconnect() }
}
