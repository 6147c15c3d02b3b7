import assert from 'node:assert/strict'
import { create, ended, gate, names, no, type UnitOfWorkCase } from './unit-of-work-fixture.ts'

/** What commits, what rolls back, and what takes turns. */
export const transactionCases: readonly UnitOfWorkCase[] = [
  {
    name: 'run commits, and returns what its function returned',
    async run({ unitOfWork, rows }) {
      const result = { any: 'value' }
      const returned = await unitOfWork.run(async () => {
        assert.equal(unitOfWork.active(), true)
        await create(rows, 'a')
        await create(rows, 'b')
        assert.equal(await rows.count(), 2)
        return result
      })
      assert.equal(returned, result)
      assert.equal(unitOfWork.active(), false)
      assert.deepEqual(await names(rows), ['a', 'b'])
      assert.equal(await unitOfWork.run(async () => undefined), undefined)
    },
  },
  {
    name: 'run rolls back when its function throws or rejects, and passes that on',
    async run({ unitOfWork, rows }) {
      const { id } = await rows.create({ name: 'old', email: 'old' })
      const change = async () => {
        await create(rows, 'a')
        await rows.update(id, { name: 'new' })
        await rows.delete(id)
        throw no
      }
      await assert.rejects(unitOfWork.run(change), no)
      await assert.rejects(
        unitOfWork.run(() => {
          throw no
        }),
        no,
      )
      assert.deepEqual(await names(rows), ['old'])
      assert.equal(unitOfWork.active(), false)
    },
  },
  {
    name: 'run in run joins: it ends with the outer one, and takes no options',
    async run({ unitOfWork, rows }) {
      const joined = unitOfWork.run(async () => {
        assert.equal(await unitOfWork.run(() => create(rows, 'a').then(() => 5)), 5)
        throw no
      })
      await assert.rejects(joined, no)
      assert.deepEqual(await names(rows), [])
      await unitOfWork.run(async () => {
        for (const options of [
          { isolation: 'serializable' },
          { timeoutMs: 1 },
          { maxWaitMs: 1 },
          { retries: 0 },
        ] as const) {
          await assert.rejects(
            unitOfWork.run(async () => {}, options),
            { code: 'JOIN_OPTIONS' },
          )
        }
        await unitOfWork.run(async () => {}, {})
      })
    },
  },
  {
    name: 'what a joined run wrote stays when it throws and the outer one catches that',
    async run({ unitOfWork, rows }) {
      await unitOfWork.run(async () => {
        const joined = unitOfWork.run(async () => {
          await create(rows, 'a')
          throw no
        })
        await assert.rejects(joined, no)
        await create(rows, 'b')
      })
      assert.deepEqual(await names(rows), ['a', 'b'])
    },
  },
  {
    name: 'savepoints nest, are undone alone, and go with the transaction',
    async run({ unitOfWork, rows }) {
      await unitOfWork.run(async () => {
        await create(rows, 'a')
        const kept = await unitOfWork.savepoint(async () => {
          await create(rows, 'b')
          const undone = unitOfWork.savepoint(async () => {
            await create(rows, 'undone')
            await unitOfWork.savepoint(() => create(rows, 'undone too'))
            throw no
          })
          await assert.rejects(undone, no)
          await create(rows, 'c')
          return 5
        })
        assert.equal(kept, 5)
      })
      const failing = unitOfWork.run(async () => {
        await unitOfWork.savepoint(() => create(rows, 'd'))
        throw no
      })
      await assert.rejects(failing, no)
      assert.deepEqual(await names(rows), ['a', 'b', 'c'])
    },
  },
  {
    name: 'savepoints side by side take turns, and writes beside them wait and survive',
    async run({ unitOfWork, rows }) {
      const numbers = Array.from({ length: 5 }, (_, i) => i)
      await unitOfWork.run(
        async () => {
          const before = numbers.map((i) => create(rows, `before${i}`))
          const open = gate()
          const undone = numbers.map((i) =>
            unitOfWork
              .savepoint(async () => {
                await create(rows, `undone${i}`)
                open.pass()
                await rows.count()
                throw no
              })
              .catch(() => {}),
          )
          const kept = numbers.map((i) => unitOfWork.savepoint(() => create(rows, `kept${i}`)))
          await open.passed
          const beside = numbers.map((i) => create(rows, `beside${i}`))
          await Promise.all([...before, ...undone, ...kept, ...beside])
        },
        { timeoutMs: 30_000 },
      )
      const expected = ['before', 'beside', 'kept'].flatMap((name) => numbers.map((i) => `${name}${i}`))
      assert.deepEqual(await names(rows), expected.sort())
    },
  },
  {
    name: 'a savepoint needs a transaction around it',
    async run({ unitOfWork }) {
      await assert.rejects(
        unitOfWork.savepoint(async () => {}),
        { code: 'NO_TRANSACTION' },
      )
    },
  },
  {
    name: 'a call nobody awaited is part of the transaction when it began in time',
    async run({ unitOfWork, rows }) {
      await unitOfWork.run(async () => void create(rows, 'a'))
      const failing = unitOfWork.run(async () => {
        void create(rows, 'b')
        throw no
      })
      await assert.rejects(failing, no)
      assert.deepEqual(await names(rows), ['a'])
    },
  },
  {
    name: 'what begins after the end fails, also after the end of a savepoint',
    async run({ unitOfWork, rows }) {
      const end = gate()
      const late: Promise<unknown>[] = []
      await unitOfWork.run(async () => {
        const endOfSavepoint = gate()
        let lateInSavepoint: Promise<unknown> | undefined
        await unitOfWork.savepoint(async () => {
          lateInSavepoint = endOfSavepoint.passed.then(() => create(rows, 'late'))
        })
        endOfSavepoint.pass()
        await assert.rejects(async () => lateInSavepoint, ended)
        late.push(
          end.passed.then(() => create(rows, 'late')),
          end.passed.then(() => unitOfWork.run(async () => {})),
          end.passed.then(() => unitOfWork.savepoint(async () => {})),
        )
      })
      end.pass()
      for (const each of await Promise.allSettled(late)) {
        assert.equal(each.status === 'rejected' && each.reason.code, ended.code)
      }
      assert.deepEqual(await names(rows), [])
    },
  },
  {
    name: 'a call beside a transaction sees nothing of it, and is not undone with it',
    async run({ unitOfWork, rows }) {
      const written = gate()
      const finish = gate()
      const failing = unitOfWork.run(async () => {
        await create(rows, 'inside')
        written.pass()
        await finish.passed
        throw no
      })
      await written.passed
      const beside = [rows.count(), create(rows, 'beside')]
      finish.pass()
      await assert.rejects(failing, no)
      assert.equal((await Promise.all(beside))[0], 0)
      assert.deepEqual(await names(rows), ['beside'])
    },
  },
  {
    name: 'fifty transactions at once never see what another has not committed',
    async run({ unitOfWork, rows }) {
      const numbers = Array.from({ length: 50 }, (_, i) => i)
      const failing = (i: number) => i % 2 === 1
      const request = (i: number) =>
        unitOfWork.run(
          async () => {
            await create(rows, `r${i}`)
            const found = await names(rows)
            const others = found.filter((name) => failing(Number(name.slice(1))) && name !== `r${i}`)
            const own = await unitOfWork.savepoint(() => rows.count({ name: `r${i}` }))
            assert.deepEqual([found.includes(`r${i}`), others, own], [true, [], 1])
            if (failing(i)) throw no
          },
          { maxWaitMs: 50_000, timeoutMs: 50_000 },
        )
      const results = await Promise.allSettled(numbers.map(request))
      assert.deepEqual(
        results.map((result) => (result.status === 'rejected' ? result.reason : undefined)),
        numbers.map((i) => (failing(i) ? no : undefined)),
      )
      assert.equal(await rows.count(), 25)
    },
  },
]
