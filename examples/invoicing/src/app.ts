import type { Secret } from '@fastkit/config'
import type { HealthCheck, Lifecycle } from '@fastkit/http'
import { bodyGuard, healthRoutes, installErrorHandling, rateLimit, requestId } from '@fastkit/http/hono'
import type { ScopedLogger } from '@fastkit/logger'
import { requestScope } from '@fastkit/logger/hono'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { clientRoutes } from './modules/clients/clients.routes.ts'
import type { ClientService } from './modules/clients/clients.service.ts'
import { invoiceRoutes } from './modules/invoices/invoices.routes.ts'
import type { InvoiceService } from './modules/invoices/invoices.service.ts'
import { productRoutes } from './modules/products/products.routes.ts'
import type { ProductService } from './modules/products/products.service.ts'

export interface AppDeps {
  readonly clients: ClientService
  readonly products: ProductService
  readonly invoices: InvoiceService
  readonly health: Readonly<Record<string, HealthCheck>>
  readonly lifecycle: Lifecycle
  readonly logger: ScopedLogger
  /** Asked of every caller but health checks. Without it the API is open. */
  readonly apiToken?: Secret<string> | undefined
}

/** The HTTP face of the app. Its type is what `hc` needs: `hc<ReturnType<typeof createApp>>`. */
export function createApp({ clients, products, invoices, health, lifecycle, logger, apiToken }: AppDeps) {
  const app = new Hono()
  app.use(requestId())
  app.use(requestScope(logger))
  installErrorHandling(app, { logger })
  app.route('/health', healthRoutes(health, { logger, lifecycle }))
  app.use(rateLimit({ policies: { perMinute: { limit: 600, windowMs: 60_000 } } }))
  app.use(bodyGuard({ maxBytes: 100_000 }))
  if (apiToken !== undefined) app.use(bearerAuth({ token: apiToken.reveal() }))
  return app
    .route('/clients', clientRoutes({ clients }))
    .route('/products', productRoutes({ products }))
    .route('/invoices', invoiceRoutes({ invoices }))
}
