import { serve } from '@fastkit/http/node'
import { createLogger } from '@fastkit/logger'
import { type Config, loadConfig } from './config.ts'
import { wire } from './wire.ts'

try {
  const warnings: string[] = []
  const config = loadConfig((warning) => warnings.push(warning))
  const logger = createLogger({ level: config.log.level, destination: await outputFor(config.profile) })
  for (const warning of warnings) logger.warn(warning)
  const { app, lifecycle } = await wire(config, logger)
  const { url } = await serve(app, { hostname: config.host, port: config.port, lifecycle, logger })
  process.stdout.write(welcome(url, config))
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

/** What to try first. */
function welcome(url: string, { apiToken }: Config): string {
  const curl = apiToken ? 'curl -H "Authorization: Bearer $API_TOKEN"' : 'curl'
  return `
  Invoicing is ready: ${url}${apiToken ? '' : `/docs`}

    ${curl} ${url}/products -H "Accept-Language: es"
    ${curl} -g "${url}/invoices?filter[status__in]=draft,issued&sort=-dueOn&include=client,items"
    ${curl} ${url}/clients -H "Content-Type: application/json" -d '{"name":"Eve","email":"eve@example.com"}'
    ${curl} -X POST ${url}/invoices/1/pay -H "Accept-Language: de"
    ${curl} "${url}/reports/revenue?year=${new Date().getUTCFullYear()}"

  Ctrl+C stops it.

`
}
