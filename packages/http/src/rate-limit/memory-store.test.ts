import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { memoryRateLimitStore } from './memory-store.ts'

function clocked(maxKeys?: number) {
  const clock = { time: 1000 }
  const store = memoryRateLimitStore({ now: () => clock.time, ...(maxKeys !== undefined && { maxKeys }) })
  return {
    clock,
    take: (key = 'a', cost = 1, limit = 5, windowMs = 1000) => store.take(key, { limit, windowMs }, cost),
  }
}

test('a limit of five lets five pass, and no sixth', async () => {
  const { take } = clocked()
  for (const remaining of [4, 3, 2, 1, 0]) {
    expect(await take()).toEqual({ allowed: true, remaining, resetMs: 1000 })
  }
  expect(await take()).toEqual({ allowed: false, remaining: 0, resetMs: 1000 })
})

test('the time to wait is no more than a window, whatever the clock’s fractions are', async () => {
  const { clock, take } = clocked()
  for (let at = 0; at < 1000; at++) {
    clock.time += 1000.1
    expect((await take('a', 1, 5, 1000)).resetMs).toBe(1000)
  }
})

test('after a window all of it is there again, and not a moment before', async () => {
  const { clock, take } = clocked()
  for (let at = 0; at < 5; at++) await take()
  clock.time += 999
  expect(await take()).toMatchObject({ allowed: false, resetMs: 1 })
  clock.time += 1
  expect(await take()).toMatchObject({ allowed: true, remaining: 4 })
})

test('at no moment a window is said to be longer than it is', async () => {
  const { clock, take } = clocked()
  for (let at = 0; at < 1000; at++) {
    clock.time += 0.1
    expect((await take(`${at}`, 1, 1, 60_000)).resetMs).toBe(60_000)
    expect((await take(`${at}`, 1, 1, 60_000)).resetMs).toBe(60_000)
  }
})

test('what was refused costs nothing', async () => {
  const { clock, take } = clocked()
  for (let at = 0; at < 100; at++) await take()
  clock.time += 1000
  expect(await take()).toMatchObject({ remaining: 4 })
})

test('keys do not touch each other', async () => {
  const { take } = clocked()
  for (let at = 0; at < 6; at++) await take('a')
  expect(await take('b')).toMatchObject({ allowed: true, remaining: 4 })
})

test('a cost takes more at once; 0 only looks; more than the limit is never allowed', async () => {
  const { clock, take } = clocked()
  expect(await take('a', 0)).toEqual({ allowed: true, remaining: 5, resetMs: 0 })
  expect(await take('a', 3)).toMatchObject({ allowed: true, remaining: 2 })
  clock.time += 400
  expect(await take('a', 2)).toMatchObject({ allowed: true, remaining: 0, resetMs: 600 })
  expect(await take('a', 3)).toEqual({ allowed: false, remaining: 0, resetMs: 600 })
  expect(await take('a', 4)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 })
  expect(await take('a', 6)).toEqual({ allowed: false, remaining: 0, resetMs: 1000 })
})

test('a refusal says when the same would be allowed, and then it is', async () => {
  const steps = fc.array(fc.record({ wait: fc.nat(700), cost: fc.nat(5) }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const { clock, take } = clocked()
      for (const { wait, cost } of list) {
        clock.time += wait
        const refused = await take('a', cost)
        if (refused.allowed) continue
        clock.time += refused.resetMs - 1
        expect(await take('a', cost)).toMatchObject({ allowed: false })
        clock.time += 1
        expect(await take('a', cost)).toMatchObject({ allowed: true })
      }
    }),
    { seed: inject('seed') },
  )
})

test('in no window, wherever it begins, more than the limit passes; and a twentieth later, never less', async () => {
  const steps = fc.array(fc.nat(300), { minLength: 1, maxLength: 100 })
  await fc.assert(
    fc.asyncProperty(steps, async (waits) => {
      const { clock, take } = clocked()
      const passed: number[] = []
      const within = (ms: number) => passed.filter((time) => clock.time - time < ms).length
      for (const wait of waits) {
        clock.time += wait
        const { allowed } = await take()
        if (!allowed) expect(within(1050)).toBeGreaterThanOrEqual(5)
        if (allowed) passed.push(clock.time)
        expect(within(1000)).toBeLessThanOrEqual(5)
      }
    }),
    { seed: inject('seed') },
  )
})

test('keys beyond the bound are forgotten, those that came last are not', async () => {
  const { take } = clocked(100)
  for (let at = 0; at < 6; at++) await take('old')
  for (let at = 0; at < 200; at++) {
    await take(`key ${at}`)
    await take('busy', at < 5 ? 1 : 0)
  }
  expect(await take('old', 0)).toMatchObject({ remaining: 5 })
  expect(await take('busy', 0)).toMatchObject({ remaining: 0 })
})

test('long keys are told apart, and cost no more than short ones', async () => {
  const { take } = clocked()
  const long = 'k'.repeat(8000)
  for (let at = 0; at < 6; at++) await take(`${long}a`)
  expect(await take(`${long}a`)).toMatchObject({ allowed: false })
  expect(await take(`${long}b`)).toMatchObject({ allowed: true, remaining: 4 })
  const before = process.memoryUsage().heapUsed
  for (let at = 0; at < 20_000; at++) await take(Buffer.from(`${long}${at}`).toString('latin1'))
  // Kept as they are, they were 160 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(80e6)
})
