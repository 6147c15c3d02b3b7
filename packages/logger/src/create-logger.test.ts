import type { Logger } from '@fastkit/contracts'
import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { createLogger, type LoggerOptions } from './create-logger.ts'

let lines: Record<string, unknown>[]
let raw: string
const destination = {
  write(line: string) {
    raw += line
    lines.push(JSON.parse(line))
  },
}
const create = (options: LoggerOptions = {}) => createLogger({ base: null, destination, ...options })

beforeEach(() => {
  lines = []
  raw = ''
})

const fields = () => lines.map(({ time: _, level: __, ...rest }) => rest)

test('a line is JSON with level, time, fields and message', () => {
  create({ name: 'crm' }).info({ invoiceId: 7 }, 'issued')
  expect(lines).toEqual([{ level: 30, time: expect.any(Number), name: 'crm', invoiceId: 7, msg: 'issued' }])
})

test('it is the Logger of the contracts', () => {
  expectTypeOf(create()).toExtend<Logger>()
})

test('lines below the level are not written', () => {
  const logger = create({ level: 'warn' })
  logger.info('no')
  logger.warn('yes')
  create({ level: 'silent' }).fatal('no')
  expect(fields()).toEqual([{ msg: 'yes' }])
})

describe('secrets', () => {
  const canary = 'canary-8d2b'

  test('are hidden in fields, children, base, scopes and errors', () => {
    const logger = create({ redact: ['iban'], base: { dsn: canary } })
    const error = Object.assign(new Error('failed'), {
      config: { headers: { Authorization: canary } },
      cause: Object.assign(new Error('inner'), { password: canary }),
      iban: canary,
    })
    logger.info({ password: canary, request: { headers: { cookie: canary } }, IBAN: canary })
    logger
      .child({ token: canary, deep: { secret: canary } })
      .child({ api_key: canary })
      .info('child')
    logger.scope({ token: canary, list: [{ secret: canary }] }, () => logger.info('scope'))
    logger.error({ err: error }, 'err')
    logger.error({ error }, 'error')
    logger.error(error)
    expect(lines).toHaveLength(6)
    expect(raw).not.toContain(canary)
  })

  test('are hidden in bindings set later, and in values for a message', () => {
    const logger = create()
    const child = logger.child({})
    child.setBindings({ password: canary })
    child.info('bindings')
    logger.info('login %o %j', { password: canary }, { deep: { token: canary } })
    logger.info({ a: 1 }, 'login %o', { secret: canary })
    expect(raw).not.toContain(canary)
    expect(lines).toHaveLength(3)
  })

  test('and what is no error under the name of one stays what it is', () => {
    create().info({ error: 'boom', err: 5, list: ['a'] })
    create().info({ err: null, error: ['x'] })
    expect(fields()).toEqual([
      { error: 'boom', err: 5, list: ['a'] },
      { err: null, error: ['x'] },
    ])
  })

  test('are hidden in URLs, also in messages and stacks', () => {
    const logger = create()
    const url = `postgres://app:${canary}@db/crm`
    logger.info({ url }, `connecting to ${url}`)
    logger.error(new Error(`cannot reach ${url}`))
    logger.child({ url }).info('child')
    expect(raw).not.toContain(canary)
    expect(raw).toContain('postgres://app:[redacted]@db/crm')
  })

  test('and the rest of a line is what bare pino writes', () => {
    const at = new Date(0)
    create().info({ at, list: [1, { a: null }], big: 5n, text: 'ä"\n', undef: undefined }, 'm')
    expect(fields()).toEqual([{ at: at.toJSON(), list: [1, { a: null }], big: 5, text: 'ä"\n', msg: 'm' }])
  })
})

describe('hostile values do not stop a line', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const getter = {
    get bad() {
      throw new Error('no')
    },
  }
  test.each([
    ['a cycle', { cycle }],
    ['a getter that throws', { getter }],
    ['a class', { map: new Map([[1, 2]]), fn() {}, symbol: Symbol('s') }],
    ['no prototype', Object.create(null)],
  ])('%s', (_, value) => {
    create().info(value, 'still here')
    expect(lines[0]?.['msg']).toBe('still here')
  })
})

describe('a scope', () => {
  test('is on every line within, across await, and on none outside', async () => {
    const logger = create()
    const result = await logger.scope({ requestId: 'a' }, async () => {
      logger.info('before')
      await new Promise((resolve) => setImmediate(resolve))
      logger.child({ module: 'x' }).info('after')
      return 5
    })
    logger.info('outside')
    expect(result).toBe(5)
    expect(fields()).toEqual([
      { requestId: 'a', msg: 'before' },
      { requestId: 'a', module: 'x', msg: 'after' },
      { msg: 'outside' },
    ])
  })

  test('nests: inner beats outer, a line beats both', () => {
    const logger = create()
    logger.scope({ a: 1, b: 1, c: 1 }, () => logger.scope({ b: 2, c: 2 }, () => logger.info({ c: 3 })))
    expect(fields()).toEqual([{ a: 1, b: 2, c: 3 }])
  })

  test('can be asked anew on each line, and a field that cannot be had loses no line', () => {
    const logger = create()
    let locale = 'en'
    logger.scope(
      () => ({ locale }),
      () => {
        logger.info('1')
        locale = 'de'
        logger.info('2')
      },
    )
    const fail = () => {
      throw new Error('no')
    }
    logger.scope(fail, () => logger.info('3'))
    expect(fields()).toEqual([
      { locale: 'en', msg: '1' },
      { locale: 'de', msg: '2' },
      { scopeError: 'no', msg: '3' },
    ])
  })

  test('belongs to one logger and its children: another has its own', () => {
    const other = create()
    create().scope({ a: 1 }, () => other.info('other'))
    expect(fields()).toEqual([{ msg: 'other' }])
  })

  test('interleaved requests never see each other', async () => {
    const logger = create()
    const request = (id: number) =>
      logger.scope({ id }, async () => {
        for (let step = 0; step < 5; step++) {
          await new Promise((resolve) => setTimeout(resolve, (id * 7 + step * 3) % 5))
          logger.info({ own: id })
        }
      })
    await Promise.all(Array.from({ length: 200 }, (_, id) => request(id)))
    expect(lines).toHaveLength(1000)
    expect(lines.filter(({ id, own }) => id !== own)).toEqual([])
  })
})
