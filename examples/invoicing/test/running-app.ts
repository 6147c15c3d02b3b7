import { defineConfig } from '@fastkit/config'
import { serve } from '@fastkit/http/node'
import { createLogger } from '@fastkit/logger'
import type { createApp } from '../src/app.ts'
import { settings } from '../src/config.ts'
import type { Provider } from '../src/database/provider.ts'
import { wire } from '../src/wire.ts'
import { emptyDatabase } from './databases.ts'

export type App = ReturnType<typeof createApp>

export interface Line {
  readonly level: number
  readonly msg?: string
  readonly requestId?: string
}

export interface RunningApp {
  readonly url: string
  /** What was logged so far. */
  readonly lines: readonly Line[]
  stop(): Promise<void>
}

/** The whole app on an empty database, behind a real socket. `env` holds further environment variables. */
export async function runApp(
  provider: Provider,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  const database = await emptyDatabase(provider)
  const config = defineConfig(settings, { env: { PORT: '0', DATABASE_URL: database.url, ...env } })
  const lines: Line[] = []
  const logger = createLogger({ destination: { write: (line) => lines.push(JSON.parse(line)) } })
  const { app, lifecycle } = await wire(config, logger)
  const server = await serve(app, { port: config.port, lifecycle, signals: [] })
  return {
    url: server.url,
    lines,
    async stop() {
      await server.stop()
      await database.drop()
    },
  }
}
