import * as v from 'valibot'
import { expect, test } from 'vitest'
import { defineConfig } from './define-config.ts'
import { group } from './definition.ts'
import { parseDotEnv } from './dot-env.ts'
import { envExample } from './env-example.ts'
import { optional, secret, setting } from './setting.ts'
import { list } from './settings/compound.ts'
import { int, port } from './settings/numbers.ts'
import { bool, text, url } from './settings/texts.ts'
import { duration, size } from './settings/units.ts'

const definition = {
  app: group({
    port: port({ default: 3000, description: 'Where to listen' }),
    title: text({ default: 'My # app' }),
  }),
  databaseUrl: secret(url({ description: 'Where the data is', protocols: ['postgresql'] })),
  token: optional(secret(text())),
  tags: list(text(), { default: ['a', 'b'] }),
  signingKey: secret(text({ default: 'never shown' })),
  email: setting(v.pipe(v.string(), v.email()), { description: 'Who gets mail' }),
  bare: v.string(),
}

test('it tells of every variable what it is for and what it can be', () => {
  expect(envExample(definition)).toBe(`# Where to listen
# a port from 0 to 65535
# APP_PORT=3000

# text
# APP_TITLE="My # app"

# Where the data is
# a URL that begins with postgresql:, secret
DATABASE_URL=

# text, secret, optional
# TOKEN=

# a list with commas, each text
# TAGS=a,b

# text, secret
# SIGNING_KEY=

# Who gets mail
EMAIL=

BARE=
`)
})

test('what it says is true: the defaults, read back, are the defaults', () => {
  const uncommented = envExample(definition).replace(/^# ([A-Z_]+=)/gm, '$1')
  const env = {
    ...Object.fromEntries(parseDotEnv(uncommented)),
    DATABASE_URL: 'postgresql://h/d',
    EMAIL: 'a@b.cc',
    BARE: 'x',
  }
  const { app, tags } = defineConfig(definition, { env })
  expect([app, tags]).toEqual([{ port: 3000, title: 'My # app' }, ['a', 'b']])
})

test('defaults of every kind are written as they would be read', () => {
  const kinds = {
    timeout: duration({ default: 30_000 }),
    limit: size({ default: 1_000_000 }),
    text: text({ default: 'a "b" $c\n\\' }),
    flag: bool({ default: false }),
    sizes: list(int(), { default: [1, 2] }),
    odd: list(text(), { default: ['a,b'] }),
    noted: port({ default: 1, description: 'one line\nPORT=9' }),
  }
  const example = envExample(kinds)
  const env = Object.fromEntries(parseDotEnv(example.replace(/^# ([A-Z_]+=)/gm, '$1')))
  expect(defineConfig(kinds, { env: { ...env, PORT: undefined } })).toEqual({
    timeout: 30_000,
    limit: 1_000_000,
    text: 'a "b" $c\n\\',
    flag: false,
    sizes: [1, 2],
    odd: ['a,b'],
    noted: 1,
  })
  expect([...parseDotEnv(example).keys()]).toEqual([])
})
