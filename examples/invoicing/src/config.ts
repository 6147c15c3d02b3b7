import { fileURLToPath } from 'node:url'
import {
  type ConfigOf,
  defineConfig,
  group,
  int,
  oneOf,
  optional,
  port,
  secret,
  setting,
  text,
  url,
} from '@fastkit/config'
import * as v from 'valibot'

const folder = fileURLToPath(new URL('..', import.meta.url))

/** Everything that can be set, by environment variables and `.env` files; see `.env.example`. */
export const settings = {
  profile: oneOf(['development', 'test', 'staging', 'production'], {
    name: 'NODE_ENV',
    default: 'development',
    description:
      'Which .env files count, so not to be set in one; logs are for people in development, else JSON',
  }),
  host: text({ default: '127.0.0.1', description: 'The address to listen on' }),
  port: port({ default: 3000, description: 'The port to listen on; 0 takes any that is free' }),
  databaseUrl: secret(
    url({
      protocols: ['file', 'postgresql', 'postgres'],
      default: `file:${folder}data/invoicing.db`,
      description: 'The database; without it, the SQLite file data/invoicing.db',
    }),
  ),
  redisUrl: optional(
    secret(
      url({
        protocols: ['redis', 'rediss'],
        description:
          'Where processes share cache, rate limits and idempotency keys; without it, each keeps its own in memory',
      }),
    ),
  ),
  apiToken: optional(
    secret(
      setting(v.pipe(v.string(), v.regex(/^[\w.~+/-]+=*$/)), {
        description:
          'Asked as a bearer token of every caller but health checks; letters, digits and -._~+/ only',
      }),
    ),
  ),
  requestsPerMinute: int({
    min: 1,
    default: 600,
    description: 'How many requests an address may make in a minute',
  }),
  log: group({
    level: oneOf(['debug', 'info', 'warn', 'error', 'silent'], {
      default: 'info',
      description: 'The least severe lines that are written',
    }),
  }),
}

export type Config = ConfigOf<typeof settings>

/** @throws ConfigError that names every variable that is wrong, the reason and the fix */
export function loadConfig(onWarning: (message: string) => void): Config {
  return defineConfig(settings, { directory: folder, onWarning })
}
