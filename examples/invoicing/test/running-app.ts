import { defineConfig } from '@fastkit/config'
import { serve } from '@fastkit/http/node'
import { createLogger } from '@fastkit/logger'
import type { createApp } from '../src/app.ts'
import { settings } from '../src/config.ts'
import type { Provider } from '../src/database/provider.ts'
import { wire } from '../src/wire.ts'
import { type ApiDocument, answerCheck } from './api-document.ts'
import { emptyDatabase } from './databases.ts'

export type App = ReturnType<typeof createApp>

export interface Line {
  readonly level: number
  readonly msg?: string
  readonly requestId?: string
  readonly invoiceId?: number
}

export interface RunningApp {
  readonly url: string
  /** What was logged so far. */
  readonly lines: readonly Line[]
  /** Sends JSON, and reads what comes back, which must be what the app's OpenAPI document promises. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  stop(): Promise<void>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  readonly body: any
}

/** The whole app on an empty database, behind a real socket. `env` holds further environment variables. */
export async function runApp(
  provider: Provider,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  const database = await emptyDatabase(provider)
  const config = defineConfig(settings, {
    env: { PORT: '0', DATABASE_URL: database.url, REQUESTS_PER_MINUTE: '1000000', ...env },
  })
  const lines: Line[] = []
  const logger = createLogger({ destination: { write: (line) => lines.push(JSON.parse(line)) } })
  const { app, lifecycle } = await wire(config, logger)
  const server = await serve(app, { port: config.port, lifecycle, signals: [] })
  const documented = await fetch(`${server.url}/openapi.json`, {
    headers: config.apiToken ? { authorization: `Bearer ${config.apiToken.reveal()}` } : {},
  })
  const check = answerCheck((await documented.json()) as ApiDocument)
  return {
    url: server.url,
    lines,
    async send(method, path, json, headers) {
      const response = await fetch(server.url + path, {
        method,
        headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      })
      const text = await response.text()
      const body = text === '' ? undefined : JSON.parse(text)
      const { status, headers: answered } = response
      const type = answered.get('content-type')
      const broken = status === 304 ? undefined : check({ method, path, status, type, body })
      if (broken !== undefined) throw new Error(JSON.stringify(broken))
      return { status, headers: answered, body }
    },
    async stop() {
      await server.stop()
      await database.drop()
    },
  }
}
