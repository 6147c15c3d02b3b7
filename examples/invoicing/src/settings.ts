import { fileURLToPath } from 'node:url'

export interface Settings {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string
  readonly apiToken?: string | undefined
}

/** Reads the settings from environment variables. @throws Error that names the variable, what is wrong and what to do */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const file = fileURLToPath(new URL('../data/invoicing.db', import.meta.url))
  return {
    host: env['HOST'] || '127.0.0.1',
    port: readPort(env['PORT'] || '3000'),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL'] || `file:${file}`),
    apiToken: env['API_TOKEN'] || undefined,
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  throw new Error(`PORT must be a whole number from 0 to 65535, not ${JSON.stringify(text)}`)
}

function readDatabaseUrl(text: string): string {
  if (/^(file:.|postgres(ql)?:\/\/.)/.test(text)) return text
  throw new Error('DATABASE_URL must begin with file: or postgresql://')
}
