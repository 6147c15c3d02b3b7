import { createLogger } from '@fastkit/logger'
import { loadConfig } from './config.ts'
import { listen } from './listen.ts'
import { wire } from './wire.ts'

try {
  const warnings: string[] = []
  const config = loadConfig((warning) => warnings.push(warning))
  const logger = createLogger({ level: config.log.level, destination: await outputFor(config.profile) })
  for (const warning of warnings) logger.warn(warning)
  const { app, close } = await wire(config, logger)
  const server = await listen(app, config)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      setTimeout(() => process.exit(1), 10_000).unref() // a database that hangs must not keep us
      await server.close()
      await close()
    })
  }
  process.stdout.write(`
  Invoicing is ready: ${server.url}

    curl ${server.url}/clients
    curl -g "${server.url}/clients?filter[name__startswith]=A&sort=-createdAt"
    curl -X POST ${server.url}/clients -H "Content-Type: application/json" -d '{"name":"Eve","email":"eve@example.com"}'

  Ctrl+C stops it.

`)
} catch (error) {
  process.stderr.write(`invoicing: ${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}

/** Lines for people in development, JSON elsewhere. */
async function outputFor(profile: string) {
  if (profile !== 'development') return undefined
  const { prettyOutput } = await import('@fastkit/logger/pretty')
  return prettyOutput()
}
