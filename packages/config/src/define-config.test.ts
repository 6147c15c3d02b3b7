import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { type } from 'arktype'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { defineConfig } from './define-config.ts'
import { group } from './definition.ts'
import type { ConfigError } from './errors.ts'
import { explain } from './explain.ts'
import type { Profile } from './layers.ts'
import { Secret } from './secret.ts'
import { optional, secret, setting } from './setting.ts'
import { json, list } from './settings/compound.ts'
import { int, port } from './settings/numbers.ts'
import { bool, text, url } from './settings/texts.ts'
import { duration } from './settings/units.ts'

const definition = {
  app: group({ host: text({ default: '127.0.0.1' }), port: port({ default: 3000 }) }),
  database: group({ url: secret(url()), poolSize: int({ default: 5 }) }),
}
const DATABASE_URL = 'postgresql://app:hunter2@db/crm'

let directory: string
const write = (name: string, content: string) => writeFile(join(directory, name), content)

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fastkit-config-'))
})
afterEach(() => rm(directory, { recursive: true }))

function errorOf(run: () => unknown): ConfigError {
  try {
    run()
  } catch (error) {
    return error as ConfigError
  }
  throw new Error('nothing was thrown')
}

describe('values', () => {
  test('are nested and typed, by variables named after their place', () => {
    const config = defineConfig(definition, {
      env: { DATABASE_URL, DATABASE_POOL_SIZE: '10', APP_PORT: '80' },
    })
    expect(config).toEqual({
      app: { host: '127.0.0.1', port: 80 },
      database: { url: new Secret(DATABASE_URL), poolSize: 10 },
    })
    expect(config.database.url.reveal()).toBe(DATABASE_URL)
  })

  test('come from names of one’s own too', () => {
    const own = {
      port: port({ name: 'HTTP_PORT' }),
      s3: group({ bucketURL: text(), deep: group({ x: text() }) }, { prefix: 'AWS_' }),
    }
    expect(defineConfig(own, { env: { HTTP_PORT: '1', AWS_BUCKET_URL: 'b', AWS_DEEP_X: 'x' } })).toEqual({
      port: 1,
      s3: { bucketURL: 'b', deep: { x: 'x' } },
    })
  })

  test('are read by Valibot, by Zod, and by schemas with defaults of their own', () => {
    const config = defineConfig(
      {
        email: v.pipe(v.string(), v.email()),
        level: z.enum(['debug', 'info']).default('info'),
        retries: setting(z.coerce.number().int(), { default: 3 }),
        region: v.optional(v.string(), 'eu'),
      },
      { env: { EMAIL: 'a@example.com' } },
    )
    expect(config).toEqual({ email: 'a@example.com', level: 'info', retries: 3, region: 'eu' })
  })

  test('may be missing where that is said', () => {
    expect(
      defineConfig({ token: optional(secret(text())), note: secret(optional(text())) }, { env: {} }),
    ).toEqual({
      token: undefined,
      note: undefined,
    })
  })

  test('are frozen to the bottom, and later changes of the environment do not matter', () => {
    const env: Record<string, string> = { A: '{"b":{"c":[1]}}', L: 'x' }
    const config = defineConfig({ g: group({ a: json(v.any(), { name: 'A' }) }), l: list() }, { env })
    env['A'] = '{}'
    for (const place of [config, config.g, config.g.a, config.g.a.b, config.g.a.b.c, config.l]) {
      expect(Object.isFrozen(place)).toBe(true)
    }
    expect(() => Object.assign(config.g, { a: 1 })).toThrow(TypeError)
    const shared = ['x']
    const hidden = defineConfig({ s: secret(list(text(), { default: shared })) }, { env: {} })
    expect([Object.isFrozen(hidden.s), Object.isFrozen(hidden.s.reveal()), Object.isFrozen(shared)]).toEqual([
      true,
      true,
      false,
    ])
    expect(config.g.a).toEqual({ b: { c: [1] } })
  })

  test('the environment itself is not changed', () => {
    const env = { APP_PORT: '', DATABASE_URL }
    defineConfig(definition, { env: Object.freeze(env) })
    expect(env).toEqual({ APP_PORT: '', DATABASE_URL })
  })

  test('empty is the same as missing, and blanks around a value are dropped', () => {
    expect(defineConfig(definition, { env: { DATABASE_URL, APP_PORT: '', APP_HOST: '  h ' } }).app).toEqual({
      host: 'h',
      port: 3000,
    })
  })

  test('an edge runtime hands in its bindings, whatever else is among them', () => {
    const bindings = { DATABASE_URL, KV: { get() {} }, APP_PORT: 8080 }
    expect(defineConfig(definition, { env: bindings }).app.port).toBe(8080)
  })

  test('without an environment given it is that of the process', () => {
    expect(defineConfig({ path: text() }).path).toBe(process.env['PATH'])
  })
})

describe('precedence', () => {
  const files = ['.env', '.env.staging', '.env.local', '.env.staging.local']
  const sources = ['default', ...files, 'environment']
  const one = { value: text({ default: 'default' }) }
  const from = (env: object = {}, profile: Profile = 'staging') => {
    const config = defineConfig(one, { directory, profile, env: env as never })
    expect(explain(config)[0]?.source).toBe(config.value)
    return config.value
  }

  test.each(sources.map((source, at) => [source, sources.slice(0, at)] as const))(
    '%s beats %j',
    async (source, lower) => {
      for (const file of [...lower, source].filter((name) => files.includes(name)))
        await write(file, `VALUE=${file}`)
      expect(from(source === 'environment' ? { VALUE: 'environment' } : {})).toBe(source)
    },
  )

  test('an empty variable hides nothing below it', async () => {
    await write('.env', 'VALUE=.env')
    await write('.env.local', 'VALUE=')
    expect(from({ VALUE: '' })).toBe('.env')
  })

  test('files of another profile do not count, nor those of a parent folder', async () => {
    await write('.env.production', 'VALUE=production')
    await write('.env', 'VALUE=.env')
    expect(from()).toBe('.env')
    await mkdir(join(directory, 'inner'))
    expect(defineConfig(one, { directory: join(directory, 'inner'), env: {} }).value).toBe('default')
  })

  test('the profile is NODE_ENV, or development; a name that is none is refused', async () => {
    await write('.env.production', 'VALUE=production')
    await write('.env.development', 'VALUE=development')
    const value = (env: Record<string, string>) => defineConfig(one, { directory, env }).value
    expect(value({ NODE_ENV: 'production' })).toBe('production')
    expect(value({})).toBe('development')
    expect(value({ NODE_ENV: '' })).toBe('development')
    expect(errorOf(() => value({ NODE_ENV: 'prod' })).message).toContain(
      'NODE_ENV names no profile: set it to one of development, test, staging, production',
    )
  })

  test('NODE_ENV in a file comes too late, and that is said', async () => {
    await write('.env', 'NODE_ENV=production\nVALUE=.env')
    const warnings: string[] = []
    const settings = { ...one, profile: text({ name: 'NODE_ENV', default: 'development' }) }
    const config = defineConfig(settings, {
      directory,
      env: {},
      onWarning: (message) => warnings.push(message),
    })
    expect(config).toEqual({ value: '.env', profile: 'development' })
    expect(warnings).toEqual(['NODE_ENV in .env has no effect: it decides which files are read'])
  })

  test('a folder in place of a file, or no folder at all, is named', async () => {
    await mkdir(join(directory, '.env'))
    expect(errorOf(() => from()).message).toContain('.env cannot be read (EISDIR)')
    const gone = errorOf(() => defineConfig(one, { directory: '/no/such/folder', env: {} }))
    expect(gone.message).toContain('/no/such/folder cannot be read (ENOENT)')
  })

  test('a file that cannot be understood is named, with its line', async () => {
    await write('.env', 'A=1\nB="hunter2')
    const error = errorOf(() => from())
    expect(error).toMatchObject({
      code: 'DOTENV_SYNTAX',
      message: '.env: line 2 has a " that is never closed',
    })
  })
})

describe('NAME_FILE', () => {
  const path = () => join(directory, 'secret')

  test('stands for the content of a file', async () => {
    await write('secret', `${DATABASE_URL}\n`)
    const config = defineConfig(definition, { env: { DATABASE_URL_FILE: path() } })
    expect(config.database.url.reveal()).toBe(DATABASE_URL)
    expect(explain(config).find(({ variable }) => variable === 'DATABASE_URL')?.source).toBe(
      'DATABASE_URL_FILE',
    )
  })

  test('beats a lower layer, and both at once in one layer are a mistake', async () => {
    await write('secret', DATABASE_URL)
    await write('.env', 'DATABASE_URL=postgresql://lower/x')
    const env = { DATABASE_URL_FILE: path() }
    expect(defineConfig(definition, { directory, env }).database.url.reveal()).toBe(DATABASE_URL)
    expect(errorOf(() => defineConfig(definition, { env: { ...env, DATABASE_URL } })).message).toContain(
      'DATABASE_URL and DATABASE_URL_FILE are both set in environment: keep one of them',
    )
  })

  test('that points nowhere says so, once', () => {
    const error = errorOf(() => defineConfig(definition, { env: { DATABASE_URL_FILE: '/no/such/file' } }))
    expect(error.problems).toEqual([
      {
        variable: 'DATABASE_URL',
        reason: 'cannot be read (ENOENT)',
        fix: 'correct the path in DATABASE_URL_FILE',
      },
    ])
  })

  test('that is empty hides nothing below it', async () => {
    await write('secret', '\n')
    await write('.env', `DATABASE_URL=${DATABASE_URL}`)
    const config = defineConfig(definition, { directory, env: { DATABASE_URL_FILE: path() } })
    expect(config.database.url.reveal()).toBe(DATABASE_URL)
  })

  test('that holds the value itself by mistake does not show it', () => {
    const error = errorOf(() => defineConfig(definition, { env: { DATABASE_URL_FILE: 'sk-live-hunter2' } }))
    expect(error.message).not.toContain('hunter2')
  })

  test('is an ordinary variable where the definition has one of that name', () => {
    const own = { log: optional(text()), logFile: text() }
    expect(defineConfig(own, { env: { LOG_FILE: 'app.log' } })).toEqual({
      log: undefined,
      logFile: 'app.log',
    })
  })
})

describe('problems', () => {
  test('are all reported at once, each with variable, reason and fix', () => {
    const error = errorOf(() =>
      defineConfig(
        {
          port: port(),
          pool: int({ min: 1, max: 10, description: 'connections to keep' }),
          debug: bool(),
          timeout: duration({ default: 1000 }),
          database: group({ url: url({ description: 'where the data is' }) }),
        },
        { env: { PORT: '70000', POOL: '0', DEBUG: 'maybe', TIMEOUT: '5' } },
      ),
    )
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', kind: 'internal' })
    expect(error.message).toBe(`The configuration is not valid:
  PORT must be a port from 0 to 65535: correct it in the environment
  POOL must be a whole number from 1 to 10 (connections to keep): correct it in the environment
  DEBUG must be true or false: correct it in the environment
  TIMEOUT must be a duration with its unit (ms, s, m, h, d): correct it in the environment
  DATABASE_URL is missing (where the data is): set it to a URL with its scheme`)
    expect(error.problems).toHaveLength(5)
  })

  test('in a file name the file', async () => {
    await write('.env.local', 'PORT=x')
    expect(errorOf(() => defineConfig({ port: port() }, { directory, env: {} })).problems[0]?.fix).toBe(
      'correct it in .env.local',
    )
  })

  test('suggest the name that was probably meant', () => {
    const error = errorOf(() => defineConfig({ redisUrl: url() }, { env: { REDIS_ULR: 'redis://x' } }))
    expect(error.problems[0]).toMatchObject({
      reason: 'is missing',
      fix: 'REDIS_ULR is set, is that a typo?',
    })
  })

  test('suggest no name that is right, or empty', () => {
    const smtp = { smtpHost: text(), smtpPort: port() }
    const error = errorOf(() => defineConfig(smtp, { env: { SMTP_HOST: 'h', SMTP_PROT: '' } }))
    expect(error.problems).toMatchObject([{ variable: 'SMTP_PORT', fix: 'set it to a port from 0 to 65535' }])
  })

  test('also warn, where the misspelt setting has a default', () => {
    const warnings: string[] = []
    defineConfig(
      { redisUrl: url({ default: 'redis://x' }), port: port({ default: 1 }) },
      {
        env: { REDIS_ULR: 'redis://y', PART: '1', UNRELATED: '1' },
        onWarning: (message) => warnings.push(message),
      },
    )
    expect(warnings).toEqual([
      'REDIS_ULR in environment is not a setting. Did you mean REDIS_URL?',
      'PART in environment is not a setting. Did you mean PORT?',
    ])
  })

  test('of a schema that waits are named', () => {
    const slow = v.pipeAsync(
      v.string(),
      v.checkAsync(async () => true),
    )
    expect(() => defineConfig({ slow: slow as never }, { env: { SLOW: 'x' } })).toThrow('SLOW is not valid')
  })

  test('of a schema that throws are problems like any other, and nothing rejects later', async () => {
    const rejected: unknown[] = []
    const listen = (reason: unknown) => rejected.push(reason)
    process.on('unhandledRejection', listen)
    const error = errorOf(() =>
      defineConfig(
        {
          a: secret(z.string().transform((text) => new URL(text))),
          b: v.pipe(v.string(), v.transform(JSON.parse)),
          c: port(),
        },
        { env: { A: 'hunter2', B: 'hunter2', C: 'x' } },
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('unhandledRejection', listen)
    expect(error.problems.map(({ variable }) => variable)).toEqual(['A', 'B', 'C'])
    expect(`${inspect(error)}${rejected.length}`).not.toContain('hunter2')
    expect(rejected).toEqual([])
  })

  test('of the definition itself are told apart', () => {
    const twice = { a: text({ name: 'X' }), b: text({ name: 'X' }) }
    expect(errorOf(() => defineConfig(twice, { env: {} }))).toMatchObject({
      code: 'CONFIG_DEFINITION',
      message: 'Two settings read X; one is b',
    })
    expect(errorOf(() => defineConfig({ a: {} as never }, { env: {} })).message).toBe(
      'a is neither a setting nor a group',
    )
  })
})

describe('secrets', () => {
  const canary = 'canary-5e1f'
  const everywhere = (value: unknown) =>
    [
      String(value),
      JSON.stringify(value),
      inspect(value, { depth: 9, showHidden: true }),
      (value as Error)?.stack ?? '',
    ].join('\n')

  test('are in no print of a config, and in no explanation', () => {
    const config = defineConfig(
      { a: secret(text()), g: group({ b: secret(json(v.any())) }), u: url(), list: secret(list()) },
      { env: { A: canary, G_B: `{"x":"${canary}"}`, U: `https://user:${canary}@host/`, LIST: canary } },
    )
    const { u: _, ...hidden } = config
    expect(everywhere(hidden)).not.toContain(canary)
    expect(everywhere(explain(config))).not.toContain(canary)
    expect(`${config.a}`).toBe('[secret]')
    expect(config.a.reveal()).toBe(canary)
    expect(structuredClone({ ...config.a })).toEqual({})
  })

  test('are in no error, and no value is, whatever the schema library says', () => {
    const says = (message: string) => ({
      '~standard': { version: 1 as const, vendor: 'x', validate: () => ({ issues: [{ message }] }) },
    })
    const error = errorOf(() =>
      defineConfig(
        {
          a: secret(v.pipe(v.string(), v.email())),
          b: v.pipe(v.string(), v.email()),
          c: z.enum(['x']),
          d: secret(says(`half of it: ${canary.slice(0, 6)}`)),
          e: says(`"${canary}" is bad`),
          f: json(v.object({ x: v.number() })),
          g: url(),
          h: says(`Received ${canary}`),
          i: port(),
          j: type('string.trim').to('string.email'),
          k: json(z.strictObject({ x: z.number() })),
          l: v.pipe(
            v.string(),
            v.trim(),
            v.check(
              () => false,
              (issue) => `${issue.input} is no good`,
            ),
          ),
        },
        {
          env: {
            ...Object.fromEntries([...'ABCDEGHI'].map((name) => [name, canary])),
            F: `{"x":"${canary}"}`,
            J: ` ${canary} `,
            K: `{"${canary}":1,"x":1}`,
            L: ` ${canary}`,
          },
        },
      ),
    )
    expect(error.problems).toHaveLength(12)
    expect(everywhere(error)).not.toContain(canary)
    expect(everywhere(error)).not.toContain(canary.slice(0, 6))
  })

  test.skipIf(process.platform === 'win32')(
    'in a file that anyone can read are worth a warning',
    async () => {
      await write('.env', `A=${canary}\nB=1`)
      await chmod(join(directory, '.env'), 0o644)
      const warnings: string[] = []
      const settings = { a: secret(text()), b: text() }
      const options = { directory, env: {}, onWarning: (message: string) => warnings.push(message) }
      defineConfig(settings, options)
      expect(warnings).toEqual(['A is a secret, and anyone on this machine can read .env'])
      await chmod(join(directory, '.env'), 0o600)
      defineConfig(settings, options)
      expect(warnings).toHaveLength(1)
    },
  )
})
