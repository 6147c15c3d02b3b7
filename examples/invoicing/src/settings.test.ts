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

test.each(['x', '-1', '65536', '3000.5', '0x10', ' 1', '1e3'])(
  'PORT=%j is refused, with what it can be',
  (PORT) => {
    expect(() => readSettings({ PORT })).toThrow('PORT must be a whole number from 0 to 65535')
  },
)

test.each(['mysql://localhost/x', 'file:', 'postgresql://', 'nonsense'])(
  'DATABASE_URL=%j is refused, without repeating it',
  (url) => {
    expect(() => readSettings({ DATABASE_URL: url })).toThrow(
      'DATABASE_URL must begin with file: or postgresql://',
    )
  },
)
