import { expect, test } from 'vitest'
import { checkHealth } from './health.ts'

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
  expect(logged[1]).toMatchObject({ check: 'rejects', err: new Error('postgres://user:hunter2@db') })
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
