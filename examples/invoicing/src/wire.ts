import { createUnitOfWork } from '@fastkit/db'
import { transactional } from '@fastkit/events'
import { createLifecycle, describeThrown, type Lifecycle } from '@fastkit/http'
import { createLocaleContext } from '@fastkit/i18n/context'
import type { ScopedLogger } from '@fastkit/logger'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { seed } from './database/seed.ts'
import { languages } from './languages.ts'
import { clientRepository } from './modules/clients/clients.repository.ts'
import { ClientService } from './modules/clients/clients.service.ts'
import { invoiceEvents } from './modules/invoices/invoices.events.ts'
import { invoiceRepository } from './modules/invoices/invoices.repository.ts'
import { InvoiceService } from './modules/invoices/invoices.service.ts'
import { ProductRepository } from './modules/products/products.repository.ts'
import { ProductService } from './modules/products/products.service.ts'
import { reportRepository } from './modules/reports/reports.repository.ts'
import { ReportService } from './modules/reports/reports.service.ts'
import { openStores } from './open-stores.ts'
import { loadTranslator } from './translator.ts'

/** The app with everything in place, and what is closed at its end. */
export interface Wired {
  readonly app: ReturnType<typeof createApp>
  readonly lifecycle: Lifecycle
}

/** Builds the app: the only file that knows everybody. */
export async function wire(
  { databaseUrl, redisUrl, requestsPerMinute, apiToken }: Config,
  logger: ScopedLogger,
): Promise<Wired> {
  const lifecycle = createLifecycle({ logger })
  const locales = createLocaleContext({ default: languages[0], supported: languages })
  const translator = await loadTranslator(locales)
  const { prisma, isNew } = await openDatabase(databaseUrl.reveal(), { locale: locales })
  lifecycle.onClose('database', () => prisma.$disconnect())

  const unitOfWork = createUnitOfWork(prisma, {
    onEffectError: (error) => logger.error({ err: describeThrown(error) }, 'What follows a commit failed'),
  })
  const { cache, ...stores } = await openStores(redisUrl, { unitOfWork, logger, lifecycle })
  const events = invoiceEvents(logger)

  const repositories = {
    clients: clientRepository(unitOfWork),
    products: new ProductRepository(unitOfWork, 'product'),
    invoices: invoiceRepository(unitOfWork),
  }
  const clients = new ClientService(repositories)
  const products = new ProductService(repositories)
  const invoices = new InvoiceService({
    ...repositories,
    unitOfWork,
    events: {
      issued: transactional(events.issued, unitOfWork),
      paid: transactional(events.paid, unitOfWork),
      void: transactional(events.void, unitOfWork),
    },
  })
  const reports = new ReportService({ reports: reportRepository(unitOfWork), cache })

  for (const event of Object.values(events)) {
    event.connect(() => reports.dropRevenue(), { name: 'dropRevenue' })
    lifecycle.onClose(event.name, async () => {
      const unfinished = await event.drain(2_500) // less than the lifecycle gives each, so that names are told
      if (unfinished.length > 0) throw new Error(`Not finished: ${unfinished.join(', ')}`)
    })
  }
  events.paid.connect(function logPayment({ invoiceId }) {
    logger.info({ invoiceId }, 'An invoice has been paid')
  })

  if (isNew) await unitOfWork.run(() => seed({ clients, products, invoices }))

  const database = () => clients.exists() // a query that touches no table finds SQLite well without its file
  const app = createApp({
    clients,
    products,
    invoices,
    reports,
    locales,
    translator,
    ...stores,
    health: { database },
    lifecycle,
    logger,
    requestsPerMinute,
    apiToken,
  })
  return { app, lifecycle }
}
