import { expect, test } from 'vitest'
import { checkHealth, readiness } from './health.ts'

const never = () => new Promise<never>(() => {})

test('passes when every check does, whatever it returns', async () => {
  await checkHealth({ a: () => 1, b: async () => null })
  await checkHealth({})
})

test('names every check that throws, rejects or does not answer in time', async () => {
  const checks = {
    good: () => true,
    throws: () => {
      throw 'nothing'
    },
    rejects: () => Promise.reject(new Error('postgres://user:hunter2@db')),
    hangs: never,
  }
  const logged: object[] = []
  const log = (fields: object) => logged.push(fields)
  const error: Error = await checkHealth(checks, {
    timeoutMs: 20,
    logger: { debug: log, info: log, warn: log, error: log },
  }).catch((thrown) => thrown)
  expect(error).toMatchObject({
    code: 'NOT_READY',
    kind: 'unavailable',
    issues: [{ path: ['throws'] }, { path: ['rejects'] }, { path: ['hangs'] }],
  })
  expect(`${error.message} ${error.cause} ${JSON.stringify(error)}`).not.toContain('hunter2')
  expect(logged[1]).toMatchObject({ check: 'rejects', err: { message: 'postgres://user:[redacted]@db' } })
  expect(logged).toHaveLength(3)
})

test('checks run side by side', async () => {
  let running = 0
  let most = 0
  const check = async () => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
  }
  await checkHealth({ a: check, b: check, c: check })
  expect(most).toBe(3)
})

test('a result holds for a second, good or bad, and many who ask at once are one check', async () => {
  let [time, runs, up] = [0, 0, true]
  const ready = readiness(
    {
      database: async () => {
        runs++
        if (!up) throw new Error('down')
      },
    },
    { now: () => time },
  )
  await Promise.all(Array.from({ length: 100 }, () => ready()))
  up = false
  time += 999
  await ready()
  expect(runs).toBe(1)
  time += 1
  for (let at = 0; at < 3; at++) await expect(ready()).rejects.toMatchObject({ code: 'NOT_READY' })
  expect(runs).toBe(2)
  up = true
  time += 1000
  await ready()
})

test('while it drains nothing is ready, and nothing is checked', async () => {
  const lifecycle = { draining: false }
  let runs = 0
  const ready = readiness({ database: () => runs++ }, { lifecycle })
  await ready()
  lifecycle.draining = true
  await expect(ready()).rejects.toMatchObject({ code: 'NOT_READY', issues: [{ code: 'DRAINING' }] })
  expect(runs).toBe(1)
})
