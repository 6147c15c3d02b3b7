import { createSignal, transactional } from '@fastkit/events'
import { createCrudService } from '@fastkit/service'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startCuttingProxy } from '../../test/services/cutting-proxy.ts'
import { type Client, type Database, openDatabase, providers } from '../../test/services/databases.ts'
import { effectsOf, programs } from '../../test/services/effects.ts'
import type { Fault } from '../../test/services/faulty-adapter.ts'
import { once, outcomeOf } from '../../test/services/outcome.ts'
import { create, scenarios } from '../../test/services/scenarios.ts'
import { worldOf } from '../../test/services/worlds.ts'

describe.each(providers)('on %s', (provider) => {
  let database: Database
  let direct: Client
  beforeAll(async () => {
    database = await openDatabase(provider)
    direct = database.client()
  })
  beforeEach(async () => {
    await direct.note.deleteMany()
    await direct.log.deleteMany()
  })
  afterAll(() => database?.drop())

  test.each(scenarios)(
    'effects fire once for what was committed, and never for what was not: $name',
    async (scenario) => {
      const { rows, fired, reported } = await outcomeOf(
        { database, direct },
        { at: 0, kind: 'statement', count: 0 },
        scenario,
      )
      expect([rows, reported]).toEqual([scenario.kept, []])
      expect(fired).toEqual(once(rows))
    },
  )

  // With all programs: effects.prove.ts
  const some = scenarios.filter(({ name }) =>
    ['calls together', 'a savepoint that is rolled back'].includes(name),
  )
  test.each(some)(
    'so do they when any one statement fails, or the connection with it: $name',
    { timeout: 60_000 },
    async (scenario) => {
      for (const kind of ['statement', 'connection'] as const) {
        for (let at = 1; ; at++) {
          const fault: Fault = { at, kind, count: 0 }
          const { rows, fired, reported } = await outcomeOf({ database, direct }, fault, scenario)
          expect({ kind, at, fired, reported }).toEqual({ kind, at, fired: once(rows), reported: [] })
          if (fault.count < at) break
        }
      }
    },
  )

  test('an answer to COMMIT that is lost fires nothing, and the caller hears of it', async () => {
    const program = [create('a'), create('b')]
    const fault: Fault = { at: 0, kind: 'answer', count: 0 }
    await outcomeOf({ database, direct }, fault, { program })
    fault.at = fault.count // the last statement is COMMIT
    fault.count = 0
    const { error, rows, fired } = await outcomeOf({ database, direct }, fault, { program })
    expect(error).toBeInstanceOf(Error)
    expect(rows).toEqual(['a', 'b'])
    expect(fired).toEqual(once([]))
  })

  if (provider !== 'sqlite') {
    test('a connection that is lost during COMMIT leaves it unknown: nothing is fired, and the caller is told so', async () => {
      const proxy = await startCuttingProxy(database.url)
      const client = database.client(undefined, proxy.url)
      const effects = effectsOf(worldOf(client))
      proxy.cutAfter('COMMIT')
      await expect(effects.run([create('a'), create('b')])).rejects.toMatchObject({
        code: 'COMMIT_UNKNOWN',
        kind: 'unavailable',
      })
      expect(Object.values(effects.fired).map((of) => of.size)).toEqual([0, 0, 0])
      await expect.poll(() => direct.note.count()).toBe(2)
      await client.$disconnect()
      await proxy.close()
    })
  }

  test('so it is for any program', { timeout: 60_000 }, async () => {
    const client = database.client()
    const property = fc.asyncProperty(programs(), fc.nat(2), async (program, collisions) => {
      await direct.note.deleteMany()
      const world = worldOf(client)
      const effects = effectsOf(world)
      await effects.run(program, collisions).catch(() => {})
      const rows = (await direct.note.findMany()).map(({ text }) => text).sort()
      expect(Object.values(effects.fired).map((of) => [...of].sort())).toEqual(once(rows))
      expect(world.reported).toEqual([])
    })
    await fc.assert(property, { seed: inject('seed'), numRuns: 25 })
  })

  test('an effect that fails is reported, and does not turn success into failure', async () => {
    const { notes, unitOfWork, reported } = worldOf(direct)
    const created = createSignal<string>('note.created')
    created.connect(() => Promise.reject(new Error('mail')), { name: 'mail' })
    const service = createCrudService({
      repository: notes,
      unitOfWork,
      hooks: {
        async afterCreate({ text }) {
          transactional(created, unitOfWork).sendSync(text)
        },
        async afterCreateCommitted() {
          throw new Error('hook')
        },
      },
    })
    expect(await service.create({ text: 'a' })).toMatchObject({ text: 'a' })
    expect(reported).toHaveLength(2)
    expect(reported).toContainEqual(
      expect.objectContaining({ code: 'RECEIVERS_FAILED', cause: new Error('mail') }),
    )
    expect(reported).toContainEqual(new Error('hook'))
    expect(await direct.note.count()).toBe(1)
  })
})
