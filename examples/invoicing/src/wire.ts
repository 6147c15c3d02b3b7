import { createLifecycle, type Lifecycle } from '@fastkit/http'
import type { ScopedLogger } from '@fastkit/logger'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { providerOf } from './database/provider.ts'
import { seed } from './database/seed.ts'
import { clientRepository } from './modules/clients/clients.repository.ts'
import { ClientService } from './modules/clients/clients.service.ts'

/** The app with everything in place, and what is closed at its end. */
export interface Wired {
  readonly app: ReturnType<typeof createApp>
  readonly lifecycle: Lifecycle
}

/** Builds the app: the only file that knows everybody. */
export async function wire({ databaseUrl, apiToken }: Config, logger: ScopedLogger): Promise<Wired> {
  const lifecycle = createLifecycle({ logger })
  const { prisma, isNew } = await openDatabase(databaseUrl.reveal())
  lifecycle.onClose('database', () => prisma.$disconnect())
  const clients = new ClientService({ clients: clientRepository(prisma) })
  if (isNew && providerOf(databaseUrl.reveal()) === 'sqlite') await seed({ clients })

  const database = () => clients.exists() // a query that touches no table finds SQLite well without its file
  const app = createApp({ clients, health: { database }, lifecycle, logger, apiToken })
  return { app, lifecycle }
}
