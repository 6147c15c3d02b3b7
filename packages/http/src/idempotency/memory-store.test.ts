import { expect, test } from 'vitest'
import { memoryIdempotencyStore } from './memory-store.ts'

const response = { status: 201, headers: [], body: '' }

function clocked(maxKeys = 100, maxBytes?: number) {
  const clock = { time: 1000 }
  const bound = maxBytes === undefined ? {} : { maxBytes }
  return { clock, store: memoryIdempotencyStore({ now: () => clock.time, maxKeys, ...bound }) }
}

async function tokenOf(claim: Promise<{ state: string; token?: string }>): Promise<string> {
  const { state, token } = await claim
  expect(state).toBe('new')
  return token as string
}

test('of many who begin at once, one is new', async () => {
  const { store } = clocked()
  const states = await Promise.all(Array.from({ length: 20 }, () => store.begin('k', 'h', 1000)))
  expect(states.filter(({ state }) => state === 'new')).toHaveLength(1)
  expect(states.filter(({ state }) => state === 'running')).toHaveLength(19)
})

test('an answer is kept until its time is over', async () => {
  const { clock, store } = clocked()
  await store.finish(await tokenOf(store.begin('k', 'h', 10)), response, 1000)
  clock.time += 999
  expect(await store.begin('k', 'h', 10)).toEqual({ state: 'done', response })
  expect(await store.begin('k', 'other', 10)).toEqual({ state: 'mismatch' })
  clock.time += 1
  await tokenOf(store.begin('k', 'other', 10))
})

test('who has not finished in time loses the key, and cannot write over the next', async () => {
  const { clock, store } = clocked()
  const late = await tokenOf(store.begin('k', 'h', 10))
  clock.time += 10
  const next = await tokenOf(store.begin('k', 'h', 10))
  await store.finish(late, { ...response, status: 500 }, 1000)
  await store.abandon(late)
  expect(await store.begin('k', 'h', 10)).toEqual({ state: 'running' })
  await store.finish(next, response, 1000)
  expect(await store.begin('k', 'h', 10)).toEqual({ state: 'done', response })
})

test('a key that was given up is free', async () => {
  const { store } = clocked()
  await store.abandon(await tokenOf(store.begin('k', 'h', 10)))
  await tokenOf(store.begin('k', 'h', 10))
})

test('beyond the bound the oldest answers go, and nothing that is under way', async () => {
  const { store } = clocked(3)
  const running = await tokenOf(store.begin('running', 'h', 1000))
  for (const key of ['a', 'b', 'c', 'd'])
    await store.finish(await tokenOf(store.begin(key, 'h', 10)), response, 1000)
  expect(await store.begin('running', 'h', 10)).toEqual({ state: 'running' })
  expect(await store.begin('d', 'h', 10)).toMatchObject({ state: 'done' })
  await tokenOf(store.begin('a', 'h', 10))
  await store.finish(running, response, 1000)
})

test('beyond the bound of bytes, as many of the oldest answers go as must', async () => {
  const { store } = clocked(100, 100)
  const keep = async (key: string, size: number) =>
    store.finish(await tokenOf(store.begin(key, 'h', 10)), { ...response, body: 'x'.repeat(size) }, 1000)
  for (const key of ['a', 'b', 'c']) await keep(key, 30)
  await keep('d', 70)
  const kept = async (key: string) => (await store.begin(key, 'h', 10)).state
  expect([await kept('a'), await kept('b'), await kept('c'), await kept('d')]).toEqual([
    'new',
    'new',
    'done',
    'done',
  ])
})
