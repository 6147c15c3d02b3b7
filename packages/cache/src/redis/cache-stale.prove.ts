/** 100,000 random schedules in memory and in processes that share it, with leases, and 20,000 steps of four processes in Redis: 0 stale; 10,000 callers with a lease: 1 load. */
import { startRedis } from '@tools/faults'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { runProcesses } from '../../test/processes/run.ts'
import { schedules, ways } from '../../test/schedules.ts'

test.each(ways)(
  'in memory, in any order of events, nobody reads what was invalidated before: %s',
  async (way) => {
    await fc.assert(schedules(way), { seed: inject('seed'), numRuns: Math.ceil(100_000 / ways.length) })
  },
)

test('nobody reads what another process had invalidated', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  const reports = await runProcesses(4, [server.url, 'prove', '5000'])
  process.stdout.write(`${JSON.stringify(reports)}\n`)
  await server.stop()
  expect(reports.map(({ stale }) => stale)).toEqual([0, 0, 0, 0])
  expect(reports.reduce((sum, { reads }) => sum + reads, 0)).toBeGreaterThan(10_000)
})

test('one of four processes loads', async () => {
  const server = await startRedis()
  if (!server) throw new Error('This proof needs a redis-server')
  for (let round = 0; round < 5; round++) {
    const reports = await runProcesses(4, [server.url, `prove-${round}`, '0', String(Date.now() + 5000)])
    expect(reports.reduce((sum, { loads }) => sum + loads, 0)).toBe(1)
  }
  await server.stop()
})
