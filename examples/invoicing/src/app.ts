import type { Secret } from '@fastkit/config'
import type { HealthCheck } from '@fastkit/http'
import { healthRoutes, installErrorHandling, requestId } from '@fastkit/http/hono'
import type { ScopedLogger } from '@fastkit/logger'
import { requestScope } from '@fastkit/logger/hono'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { bodyLimit } from 'hono/body-limit'
import { clientRoutes } from './modules/clients/clients.routes.ts'
import type { ClientService } from './modules/clients/clients.service.ts'

export interface AppDeps {
  readonly clients: ClientService
  readonly health: Readonly<Record<string, HealthCheck>>
  readonly logger: ScopedLogger
  /** Asked of every caller but health checks. Without it the API is open. */
  readonly apiToken?: Secret<string> | undefined
}

/** The HTTP face of the app. Its type is what `hc` needs: `hc<ReturnType<typeof createApp>>`. */
export function createApp({ clients, health, logger, apiToken }: AppDeps) {
  const app = new Hono()
  app.use(requestId())
  app.use(requestScope(logger))
  installErrorHandling(app, { logger })
  app.use(bodyLimit({ maxSize: 100_000 }))
  app.route('/health', healthRoutes(health, { logger }))
  if (apiToken !== undefined) app.use(bearerAuth({ token: apiToken.reveal() }))
  return app.route('/clients', clientRoutes({ clients }))
}
