import assert from 'node:assert/strict'
import { create, ended, gate, names, no, type UnitOfWorkCase } from './unit-of-work-fixture.ts'

/** What happens after the commit, or not at all. */
export const effectCases: readonly UnitOfWorkCase[] = [
  {
    name: 'effects start after the commit, in order, and outside of the transaction',
    async run({ unitOfWork, rows }) {
      const seen: unknown[] = []
      const effect = (name: string) =>
        unitOfWork.afterCommit(() => void seen.push([name, unitOfWork.active()]))
      await unitOfWork.run(async () => {
        await create(rows, 'a')
        await unitOfWork.afterCommit(async () => {
          seen.push(['first', unitOfWork.active()])
          await unitOfWork.run(() => create(rows, 'later'))
          seen.push('waited for')
        })
        await unitOfWork.savepoint(() => effect('savepoint'))
        await unitOfWork.run(() => effect('joined'))
        await effect('last')
        assert.deepEqual(seen, [])
      })
      const started = ['first', 'savepoint', 'joined', 'last'].map((name) => [name, false])
      assert.deepEqual(seen, [...started, 'waited for'])
      assert.deepEqual(await names(rows), ['a', 'later'])
    },
  },
  {
    name: 'effects of what was rolled back are dropped',
    async run({ unitOfWork }) {
      const seen: string[] = []
      const effect = async (name: string, error?: Error) => {
        await unitOfWork.afterCommit(() => void seen.push(name))
        if (error) throw error
      }
      await assert.rejects(
        unitOfWork.run(() => effect('a', no)),
        no,
      )
      await unitOfWork.run(async () => {
        const undone = unitOfWork.savepoint(async () => {
          await unitOfWork.savepoint(() => effect('b'))
          throw no
        })
        await assert.rejects(undone, no)
        await effect('c')
      })
      assert.deepEqual(seen, ['c'])
    },
  },
  {
    name: 'an effect outside of run is called at once, and waited for',
    async run({ unitOfWork, rows }) {
      let found: number | undefined
      await unitOfWork.afterCommit(async () => {
        found = await rows.count()
      })
      assert.equal(found, 0)
    },
  },
  {
    name: 'an effect that fails is reported, and nothing else fails for it',
    async run({ unitOfWork, rows, reported }) {
      const seen: string[] = []
      const result = await unitOfWork.run(async () => {
        await create(rows, 'a')
        await unitOfWork.afterCommit(() => {
          throw no
        })
        await unitOfWork.afterCommit(() => Promise.reject('no Error at all'))
        await unitOfWork.afterCommit(() => void seen.push('third'))
        return 'ok'
      })
      assert.deepEqual([result, seen, await names(rows)], ['ok', ['third'], ['a']])
      assert.deepEqual(reported, [no, 'no Error at all'])
      await unitOfWork.afterCommit(() => {
        throw no
      })
      assert.equal(reported.length, 3)
    },
  },
  {
    name: 'an effect scheduled after the end runs for what was committed, and is reported for what was not',
    async run({ unitOfWork, reported }) {
      const seen: string[] = []
      const end = gate()
      const late: Promise<void>[] = []
      const schedule = (name: string) =>
        late.push(end.passed.then(() => unitOfWork.afterCommit(() => void seen.push(name))))
      await unitOfWork.run(async () => void schedule('committed'))
      const failing = unitOfWork.run(async () => {
        schedule('rolled back')
        throw no
      })
      await assert.rejects(failing, no)
      end.pass()
      await Promise.all(late)
      assert.deepEqual(seen, ['committed'])
      assert.deepEqual(
        reported.map((error) => (error as { code?: unknown }).code),
        [ended.code],
      )
    },
  },
]
