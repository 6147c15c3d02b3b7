import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('without settings it listens on this machine only, on a file of its own', () => {
  expect(readSettings({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: expect.stringMatching(/^file:.*data\/invoicing\.db$/),
    apiToken: undefined,
  })
})

test('an empty variable is one that is not set', () => {
  expect(readSettings({ HOST: '', PORT: '', DATABASE_URL: '', API_TOKEN: '' })).toEqual(readSettings({}))
})
