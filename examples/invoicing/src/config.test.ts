import { defineConfig, envExample } from '@fastkit/config'
import { expect, test } from 'vitest'
import { settings } from './config.ts'

test('without settings it listens on this machine only, on a file of its own', () => {
  const config = defineConfig(settings, { env: {} })
  expect(config).toMatchObject({
    profile: 'development',
    host: '127.0.0.1',
    port: 3000,
    log: { level: 'info' },
  })
  expect(config.databaseUrl.reveal()).toMatch(/^file:.*data\/invoicing\.db$/)
  expect(config.apiToken).toBeUndefined()
})

test('every wrong setting is named, with the reason and the fix', () => {
  const env = { PORT: '70000', DATABASE_URL: 'mysql://app:hunter2@localhost/x', LOG_LEVEL: 'loud' }
  expect(() => defineConfig(settings, { env })).toThrow(`The configuration is not valid:
  PORT must be a port from 0 to 65535 (The port to listen on; 0 takes any that is free): correct it in the environment
  DATABASE_URL must be a URL that begins with file: or postgresql: or postgres: (The database; without it, the SQLite file data/invoicing.db): correct it in the environment
  LOG_LEVEL must be one of debug, info, warn, error, silent (The least severe lines that are written): correct it in the environment`)
})

test('.env.example says what there is (vitest -u writes it)', async () => {
  await expect(envExample(settings)).toMatchFileSnapshot('../.env.example')
})
