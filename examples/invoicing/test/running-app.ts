import type { Logger } from '@fastkit/contracts'
import type { createApp } from '../src/app.ts'
import type { Provider } from '../src/database/provider.ts'
import { listen } from '../src/listen.ts'
import { wire } from '../src/wire.ts'
import { emptyDatabase } from './databases.ts'

export type App = ReturnType<typeof createApp>

export interface RunningApp {
  readonly url: string
  /** What was logged at `error`. */
  readonly errors: object[]
  stop(): Promise<void>
}

/** The whole app on an empty database, behind a real socket. */
export async function runApp(provider: Provider, settings: { apiToken?: string } = {}): Promise<RunningApp> {
  const database = await emptyDatabase(provider)
  const errors: object[] = []
  const ignore = () => {}
  const logger: Logger = { debug: ignore, info: ignore, warn: ignore, error: (fields) => errors.push(fields) }
  const address = { host: '127.0.0.1', port: 0 }
  const { app, close } = await wire({ ...address, databaseUrl: database.url, ...settings }, logger)
  const server = await listen(app, address)
  return {
    url: server.url,
    errors,
    async stop() {
      await server.close()
      await close()
      await database.drop()
    },
  }
}
