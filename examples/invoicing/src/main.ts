import { pino } from 'pino'
import { listen } from './listen.ts'
import { readSettings } from './settings.ts'
import { wire } from './wire.ts'

try {
  const settings = readSettings(process.env)
  const { app, close } = await wire(settings, pino())
  const server = await listen(app, settings)
  process.stdout.write(`
  Invoicing is ready: ${server.url}

    curl ${server.url}/clients
    curl "${server.url}/clients?filter\\[name__startswith\\]=A&sort=-createdAt"
    curl -X POST ${server.url}/clients -H "Content-Type: application/json" -d '{"name":"Eve","email":"eve@example.com"}'

  Ctrl+C stops it.
`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await server.close()
      await close()
    })
  }
} catch (error) {
  process.stderr.write(`invoicing: ${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}
