import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import {
  bool,
  defineConfig,
  duration,
  group,
  int,
  json,
  list,
  oneOf,
  optional,
  override,
  port,
  type Secret,
  secret,
  setting,
  text,
  url,
} from './index.ts'

const config = defineConfig({
  app: group({
    port: port(),
    level: oneOf(['debug', 'info'], { default: 'info' }),
    debug: bool(),
    timeoutMs: duration(),
  }),
  database: group({ url: secret(url()), pool: group({ size: int() }) }),
  token: optional(secret(text())),
  tags: list(),
  sizes: list(int()),
  limits: json(v.object({ a: v.number() })),
  email: v.pipe(v.string(), v.email()),
  count: z.coerce.number(),
  retries: setting(z.coerce.number(), { default: 3 }),
})

expectTypeOf(config.app).toEqualTypeOf<{
  readonly port: number
  readonly level: 'debug' | 'info'
  readonly debug: boolean
  readonly timeoutMs: number
}>()
expectTypeOf(config.database.url).toEqualTypeOf<Secret<string>>()
expectTypeOf(config.database.pool.size).toEqualTypeOf<number>()
expectTypeOf(config.token).toEqualTypeOf<Secret<string> | undefined>()
expectTypeOf(config.tags).toEqualTypeOf<string[]>()
expectTypeOf(config.sizes).toEqualTypeOf<number[]>()
expectTypeOf(config.limits.a).toEqualTypeOf<number>()
expectTypeOf(config.email).toEqualTypeOf<string>()
expectTypeOf(config.count).toEqualTypeOf<number>()
expectTypeOf(config.retries).toEqualTypeOf<number>()

// @ts-expect-error the values are read-only
config.app.port = 1
// @ts-expect-error a secret is no text
config.database.url satisfies string
// @ts-expect-error no such setting
override(config, { app: { prot: 1 } })
// @ts-expect-error wrong type
override(config, { app: { port: '1' } })
override(config, { database: { url: 'file:x' } })
// @ts-expect-error a default of the wrong type
port({ default: '80' })
// @ts-expect-error not one of them
oneOf(['a', 'b'], { default: 'c' })
// @ts-expect-error neither a setting nor a group
defineConfig({ a: 1 })
