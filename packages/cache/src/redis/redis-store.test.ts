import { randomUUID } from 'node:crypto'
import { createClient } from 'redis'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { createCache } from '../create-cache.ts'
import { memoryStore } from '../memory-store.ts'
import { cacheStoreContract } from '../testing/store-contract.ts'
import { tiered } from '../tiered.ts'
import { guardRedis } from './guard-redis.ts'
import { redisStore } from './redis-store.ts'

const redisUrl = inject('redisUrl')
const ends: (() => void)[] = []
const port = redisUrl === undefined ? (undefined as never) : guarded()
afterAll(() => {
  for (const end of ends) end()
})

function guarded() {
  // The machine may be busy; faults have their own tests.
  const port = guardRedis(createClient({ url: redisUrl as string }), {
    deadlineMs: 5000,
    connectTimeoutMs: 5000,
  })
  ends.push(port.close)
  return port
}

const prefix = () => `test-${randomUUID()}`
/** Waits until everybody who should hears of the changes. */
async function listens(name: string, many = 1): Promise<void> {
  const count = async () => ((await port.send(['PUBSUB', 'NUMSUB', `${name}:changes`])) as unknown[])[1]
  while ((await count()) !== many) await wait(5)
  await wait(50) // what Redis knows, the subscriber hears next
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe.skipIf(redisUrl === undefined)('Redis', () => {
  describe('a store in Redis', () => {
    test.concurrent.each(cacheStoreContract)('$name', async ({ run }) => {
      await run({ store: redisStore(port, { prefix: prefix() }), wait })
    })
  })

  describe('memory before Redis', () => {
    test.concurrent.each(cacheStoreContract)('$name', async ({ run }) => {
      const name = prefix()
      const store = tiered(memoryStore(), redisStore(port, { prefix: name }))
      await listens(name)
      await run({ store, wait })
    })
  })

  test('clear and patterns touch nothing outside of the prefix', async () => {
    const [one, other] = [prefix(), prefix()].map((each) => createCache(redisStore(port, { prefix: each })))
    await Promise.all([one?.set('a', 1), other?.set('a', 2)])
    await one?.clear()
    await one?.invalidate('*')
    expect([await one?.get('a'), await other?.get('a')]).toEqual([undefined, 2])
  })

  test.each(['', ':', 'a:b', 'a*', '[a]', 'a b', undefined as never])('no prefix is %j', (each) => {
    expect(() => redisStore(port, { prefix: each })).toThrow('prefix')
  })

  test('values are the same from Redis as from memory', async () => {
    const name = prefix()
    const [writer, reader] = [1, 2].map(() => createCache(redisStore(port, { prefix: name })))
    const values = [
      { a: [1, null, 'ä\u{1f600}\u2028'] },
      new Date(5),
      new Map([[1n, new Set([undefined, Number.NaN, -0])]]),
      new Uint8Array([0, 255]),
      '\ud800',
      '',
    ]
    for (const value of values) {
      expect(await writer?.getOrSet('a', () => value)).toStrictEqual(value)
      expect(await reader?.getOrSet('a', () => 'loaded')).toStrictEqual(value)
      await reader?.delete('a')
    }
  })

  test('a thousand values that somebody else wrote there are misses, and are replaced', async () => {
    const name = prefix()
    const cache = createCache(redisStore(port, { prefix: name }))
    await cache.set('good', 1)
    const good = (await port.send(['GET', `${name}:k:good`])) as string
    const head = good.slice(0, good.indexOf('\n'))
    const body = good.slice(good.indexOf('\n') + 1)
    const poisons = [
      ...['', '{oops', '42', 'null', 'true', '"x"', '[]', '{}', '{"v":1}', '{"v":1,"e":"never","d":1}'],
      ...['\n', '\n\n\n', '\n1\n{}\nj1', '\0', '\u001f\u001f\n', 'j1', 'd[1]', '["Date","x"]', '<html>'],
      ...[good, `${good}x`, good.slice(0, -1), good.slice(0, 20), good.slice(20), body, `\n${body}`],
      ...[`${head}\n${head}\n${body}`, `x\u001fy\n${good}`, `${head}\n0\n{"v":1,"s":0,"t":[]}\nj1`],
      ...[
        good.replace('"v":1', '"v":2'),
        good.replace('"s":0', '"s":"x"'),
        good.replace('"t":[]', '"t":null'),
      ],
    ]
    await Promise.all(
      Array.from({ length: 1000 }, async (_, at) => {
        const key = `p:${at}`
        await port.send(['SET', `${name}:k:${key}`, poisons[at % poisons.length] as string])
        expect(await cache.get(key)).toBeUndefined()
        expect(await cache.getOrSet(key, () => at)).toBe(at)
        expect(await cache.refresh(key, () => -at)).toBe(-at)
        expect(await cache.get(key)).not.toBeUndefined()
      }),
    )
    await port.send(['RPUSH', `${name}:k:list`, 'x'])
    expect(await cache.getOrSet('list', () => 1)).toBe(1)
    expect(await cache.get('list')).toBe(1)
    expect(port.isUp()).toBe(true)
    expect(await cache.get('good')).toBe(1)
  })

  test('an evicted version invalidates', async () => {
    const name = prefix()
    const cache = createCache(redisStore(port, { prefix: name }))
    for (const version of ['g:a', 't:x']) {
      await cache.set('a:1', 1, { tags: ['x'] })
      expect(await cache.get('a:1')).toBe(1)
      await port.send(['DEL', `${name}:${version}`])
      expect(await cache.get('a:1')).toBeUndefined()
    }
  })

  test('nothing is left behind for longer than the entries need it', async () => {
    const name = prefix()
    const cache = createCache(redisStore(port, { prefix: name }))
    await cache.set('a:1', 1, { ttl: '1h', tags: ['x'] })
    await cache.getOrSet('a:2', () => 1, { ttl: '2h', tags: ['x'], leaseMs: 1000 })
    await cache.delete('a:1')
    while (await port.send(['EXISTS', `${name}:l:a:2`])) await wait(5) // given back behind the caller
    const keys = (await port.send(['KEYS', `${name}:*`])) as string[]
    expect(keys.map((key) => key.slice(name.length)).sort()).toEqual([':g:a', ':k:a:2', ':patterns', ':t:x'])
    for (const key of keys) {
      const left = (await port.send(['PTTL', key])) as number
      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(7_200_000)
    }
    await cache.set('b:1', 1, { ttl: 'forever', tags: ['x'] })
    expect(await port.send(['PTTL', `${name}:t:x`])).toBe(-1)
  })

  test('of four that share a store one loads, with a lease', async () => {
    const name = prefix()
    const caches = [1, 2, 3, 4].map(() => createCache(redisStore(guarded(), { prefix: name })))
    let loads = 0
    const load = async () => {
      await wait(50)
      return ++loads
    }
    const values = await Promise.all(caches.map((cache) => cache.getOrSet('a', load, { leaseMs: 5000 })))
    expect(values).toEqual([1, 1, 1, 1])
  })

  test('a caller gets nothing that was begun to be loaded before another process invalidated it', async () => {
    const name = prefix()
    const [here, there] = [1, 2].map(() => createCache(redisStore(guarded(), { prefix: name })))
    let end = (_: string) => {}
    let loads = 0
    const load = () =>
      new Promise<string>((resolve) => {
        if (loads++ === 0) end = resolve
        else resolve('new')
      })
    const early = here?.getOrSet('a', load)
    await vi.waitFor(() => expect(loads).toBe(1), 5000)
    await there?.delete('a')
    const late = here?.getOrSet('a', load)
    await wait(20)
    end('old')
    expect([await early, await late, await there?.get('a')]).toEqual(['old', 'new', 'new'])
  })

  test('the memory of others follows what one changes', async () => {
    const name = prefix()
    const [one, two] = [1, 2].map(() =>
      createCache(tiered(memoryStore(), redisStore(guarded(), { prefix: name }))),
    )
    const follows = async (value: unknown) => {
      for (let at = 0; at < 200 && (await two?.get('a:1')) !== value; at++) await wait(10)
      expect(await two?.get('a:1')).toBe(value)
    }
    await listens(name, 2)
    await one?.set('a:1', 1, { tags: ['t'] })
    await follows(1)
    await one?.set('a:1', 2, { tags: ['t'] })
    await follows(2)
    for (const invalidate of [
      () => one?.delete('a:1'),
      () => one?.invalidate('a:*'),
      () => one?.invalidate('*1'),
      () => one?.invalidateTags(['t']),
      () => one?.clear(),
    ]) {
      await one?.set('a:1', 3, { tags: ['t'] })
      await follows(3)
      await invalidate()
      expect(await one?.get('a:1')).toBeUndefined()
      await follows(undefined)
    }
  })

  test('messages that are no changes are ignored', async () => {
    const name = prefix()
    const cache = createCache(tiered(memoryStore(), redisStore(port, { prefix: name })))
    await listens(name)
    await cache.set('a', 1)
    for (const text of [
      '',
      '{',
      'null',
      '1',
      '{"change":null}',
      '{"change":{"keys":[1]}}',
      '{"change":{"pattern":[]}}',
    ]) {
      await port.send(['PUBLISH', `${name}:changes`, text])
    }
    await wait(50)
    expect(await cache.get('a')).toBe(1)
  })

  test('a refresh outlasts what another process had begun to load before, and was faster with', async () => {
    const name = prefix()
    const [one, other] = [1, 2].map(() => createCache(redisStore(port, { prefix: name })))
    const before = pending<string>()
    const after = pending<string>()
    const loading = other?.getOrSet('a', before.load)
    await before.asked
    const refreshing = one?.refresh('a', after.load)
    await after.asked
    before.end('old')
    expect(await loading).toBe('old')
    after.end('new')
    expect(await refreshing).toBe('new')
    await vi.waitFor(async () => expect(await one?.get('a')).toBe('new'))
    expect(await other?.get('a')).toBe('new')
  })

  test('a refresh while Redis is out of reach leaves no older value there', async () => {
    const name = prefix()
    let isAway = false
    const send = (command: readonly string[]) =>
      isAway ? Promise.reject(new Error('out of reach')) : port.send(command)
    const cache = createCache(redisStore({ ...port, send }, { prefix: name }))
    await cache.set('a', 'old')
    isAway = true
    expect(await cache.refresh('a', () => 'new')).toBe('new')
    isAway = false
    await vi.waitFor(async () =>
      expect(await createCache(redisStore(port, { prefix: name })).get('a')).toBeUndefined(),
    )
  })

  test('a user who may not publish can use a cache', async () => {
    const user = `user-${randomUUID()}`
    await port.send(['ACL', 'SETUSER', user, 'on', '>secret', '~*', 'resetchannels', '+@all'])
    const url = new URL(redisUrl as string)
    Object.assign(url, { username: user, password: 'secret' })
    const client = createClient({ url: url.href })
    const limited = guardRedis(client, { deadlineMs: 5000, connectTimeoutMs: 5000 })
    const cache = createCache(redisStore(limited, { prefix: prefix() }))
    await cache.set('a', 1)
    await cache.set('b', 2)
    await cache.delete('b')
    expect(await cache.getMany(['a', 'b'])).toEqual([1, undefined])
    limited.close()
    await port.send(['ACL', 'DELUSER', user])
  })
})

/** A load that says when it was asked, and waits to be told what it finds. */
function pending<Value>() {
  let end = (_: Value) => {}
  const found = new Promise<Value>((resolve) => {
    end = resolve
  })
  let ask = () => {}
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  const load = () => {
    ask()
    return found
  }
  return { asked, load, end: (value: Value) => end(value) }
}
