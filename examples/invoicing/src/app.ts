import { readFile } from 'node:fs/promises'
import type { Secret } from '@fastkit/config'
import type { IdempotencyStore, RateLimitStore } from '@fastkit/contracts'
import type { HealthCheck, Lifecycle } from '@fastkit/http'
import { clientIp, healthRoutes, httpStack, idempotency, rateLimit } from '@fastkit/http/hono'
import { docsRoutes, openapiJson } from '@fastkit/http/openapi'
import type { TypedTranslator } from '@fastkit/i18n'
import type { AppLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import type { ScopedLogger } from '@fastkit/logger'
import { requestScope } from '@fastkit/logger/hono'
import { type Context, Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { clientRoutes } from './modules/clients/clients.routes.ts'
import type { ClientService } from './modules/clients/clients.service.ts'
import { invoiceRoutes } from './modules/invoices/invoices.routes.ts'
import type { InvoiceService } from './modules/invoices/invoices.service.ts'
import { productRoutes } from './modules/products/products.routes.ts'
import type { ProductService } from './modules/products/products.service.ts'
import { reportRoutes } from './modules/reports/reports.routes.ts'
import type { ReportService } from './modules/reports/reports.service.ts'
import type { Messages } from './translator.ts'

export interface AppDeps {
  readonly clients: ClientService
  readonly products: ProductService
  readonly invoices: InvoiceService
  readonly reports: ReportService
  readonly locales: AppLocaleContext
  readonly translator: TypedTranslator<Messages>
  readonly rateLimits: RateLimitStore
  readonly idempotencyKeys: IdempotencyStore
  readonly health: Readonly<Record<string, HealthCheck>>
  readonly lifecycle: Lifecycle
  readonly logger: ScopedLogger
  readonly requestsPerMinute: number
  /** Asked of every caller but health checks. Without it the API is open. */
  readonly apiToken?: Secret<string> | undefined
}

/**
 * The HTTP face of the app. Its type is what `hc` needs: `hc<WithErrors<ReturnType<typeof createApp>>>`, with `WithErrors`
 * of `@fastkit/http/client`.
 */
export function createApp({ clients, products, invoices, reports, ...deps }: AppDeps) {
  const { locales, translator, rateLimits, idempotencyKeys, health, lifecycle, logger } = deps
  const { requestsPerMinute, apiToken } = deps
  const app = new Hono()
  app.use(locale(locales, { translator, query: false })) // first, so that every refusal is in the caller's language
  httpStack(app, { logger, translator, guard: { maxBytes: 100_000 } })
  app.use(requestScope(logger))
  app.route('/health', healthRoutes(health, { logger, lifecycle }))
  const policies = { perMinute: { limit: requestsPerMinute, windowMs: 60_000 } }
  app.use(rateLimit({ policies, store: rateLimits, logger }))
  if (apiToken !== undefined) app.use(bearerAuth({ token: apiToken.reveal() }))
  const principal = (c: Context) => c.req.header('authorization') ?? clientIp(c)
  app.use(idempotency({ principal, store: idempotencyKeys, logger }))
  app.get('/openapi.json', openapiJson(app, { info: { title: 'Invoicing', version: '1.0.0' } }))
  app.route('/docs', docsRoutes({ document: '/openapi.json', title: 'Invoicing', asset }))
  return app
    .route('/clients', clientRoutes({ clients }))
    .route('/products', productRoutes({ products }))
    .route('/invoices', invoiceRoutes({ invoices }))
    .route('/reports', reportRoutes({ reports }))
}

const swaggerUi = new URL('.', import.meta.resolve('swagger-ui-dist/package.json'))

function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(name, swaggerUi))
}
