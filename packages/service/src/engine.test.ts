import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeRepository, type Note, type NoteCreate, type NoteUpdate } from '../test/fake-repository.ts'
import { fakeSyncRepository } from '../test/fake-sync-repository.ts'
import { fakeUnitOfWork } from '../test/fake-unit-of-work.ts'
import { createCrudService } from './create-crud-service.ts'
import { ServiceError } from './errors.ts'
import type { DeleteContext } from './operation.ts'
import { SyncCrudService } from './sync-crud-service.ts'

// What hooks and callers get wrong.
let calls: [string, ...unknown[]][]
let repository: ReturnType<typeof fakeRepository>
let unitOfWork: ReturnType<typeof fakeUnitOfWork>

beforeEach(() => {
  calls = []
  repository = fakeRepository(calls)
  unitOfWork = fakeUnitOfWork(calls)
})

const names = () => calls.map(([name]) => name)

test.each(['text', 5, null, undefined])(
  'a hook that throws %o, which is no Error, undoes the call; the caller gets it as it is',
  async (thrown) => {
    const hooks = { afterCreate: () => Promise.reject(thrown) }
    const service = createCrudService({ repository, unitOfWork, hooks })
    await expect(service.create({ text: 'a' })).rejects.toBe(thrown)
    await expect(service.createOnce({ text: 'b' }, { by: 'text' })).rejects.toBe(thrown)
    expect(names().filter((name) => name === 'rollback')).toHaveLength(2)
  },
)

test('a hook that throws before it has made a promise ends the call like any other', async () => {
  const service = createCrudService({
    repository,
    unitOfWork,
    hooks: {
      beforeCreate() {
        throw new Error('at once')
      },
    },
  })
  await expect(service.create({ text: 'a' })).rejects.toThrow('at once')
  expect(names()).toEqual(['begin', 'rollback'])
})

test('a hook that changes its data leaves an input of a class alone, and a frozen one, and a proxy', async () => {
  class Draft {
    text = 'a'
    tags = ['x']
  }
  const hooks = {
    async beforeCreate(data: NoteCreate) {
      data.text = 'changed'
      ;(data as unknown as Draft).tags.push('y')
      return data
    },
  }
  const service = createCrudService({ repository, hooks })
  const frozen = Object.freeze({ text: 'a', tags: Object.freeze(['x']) })
  for (const input of [new Draft(), frozen, new Proxy(new Draft(), {})]) {
    expect(await service.create(input)).toMatchObject({ text: 'changed', tags: ['x', 'y'] })
    expect(input).toMatchObject({ text: 'a', tags: ['x'] })
  }
  expect(await service.createMany([frozen, frozen])).toBe(2)
})

test('a hook that calls its service joins the transaction, and all is told after one commit', async () => {
  const told: string[] = []
  const service = createCrudService({
    repository,
    unitOfWork,
    hooks: {
      async afterCreate({ text }: Note) {
        if (text === 'parent') await this.create({ text: 'child' })
      },
      async afterCreateCommitted({ text }: Note) {
        told.push(text)
      },
    },
  })
  await service.create({ text: 'parent' })
  expect(names()).toEqual(['begin', 'create', 'create', 'commit'])
  expect(told).toEqual(['child', 'parent'])
})

test.each([
  [
    'a class',
    () =>
      new (class Rules {
        async validateCreate() {}
      })(),
  ],
  ['a hook that is a schema', () => ({ validateCreate: {} })],
  ['a hook that is null', () => ({ validateCreate: null })],
])('rules that would never run are refused: %s', (_, hooks) => {
  expect(() => createCrudService({ repository, hooks: hooks() as never })).toThrow(
    expect.objectContaining({ code: 'SERVICE_CONFIG' }),
  )
})

describe('a call that was given up before it began', () => {
  test('runs no hook, opens no transaction and writes nothing, whichever verb it is', async () => {
    const hook = vi.fn(async (first: unknown) => first)
    const hooks = {
      validateCreate: hook,
      beforeCreate: hook,
      beforeUpdate: hook,
      beforeDelete: hook,
    } as never
    const given = { signal: AbortSignal.abort(new Error('gone')) }
    for (const service of [
      createCrudService({ repository, unitOfWork, hooks }),
      createCrudService({ repository, unitOfWork }),
    ]) {
      await expect(service.create({ text: 'a' }, given)).rejects.toThrow('gone')
      await expect(service.update(1, {}, given)).rejects.toThrow('gone')
      await expect(service.delete(1, given)).rejects.toThrow('gone')
      await expect(service.restore(1, given)).rejects.toThrow('gone')
      await expect(service.createMany([{ text: 'a' }], given)).rejects.toThrow('gone')
      await expect(service.updateMany({}, {}, { all: true, ...given })).rejects.toThrow('gone')
      await expect(service.deleteMany({}, { all: true, ...given })).rejects.toThrow('gone')
    }
    expect(hook).not.toHaveBeenCalled()
    expect(calls).toEqual([])
  })

  test('is not answered with the row of another either', async () => {
    repository.seed({ id: 1, text: 'a' })
    const given = { by: 'text', signal: AbortSignal.abort(new Error('gone')) } as const
    await expect(createCrudService({ repository }).createOnce({ text: 'a' }, given)).rejects.toThrow('gone')
    expect(calls).toEqual([])
  })

  test.each(['updateMany', 'deleteMany'] as const)(
    'while around got ready for %s writes nothing',
    async (verb) => {
      repository.seed({ id: 1, text: 'a' })
      const abort = new AbortController()
      const service = createCrudService({
        repository,
        hooks: {
          async around(_, next) {
            abort.abort(new Error('gone'))
            return next()
          },
        },
      })
      const given = { all: true, signal: abort.signal } as const
      const call =
        verb === 'updateMany' ? service.updateMany({}, { text: 'b' }, given) : service.deleteMany({}, given)
      await expect(call).rejects.toThrow('gone')
      expect(calls).toEqual([])
    },
  )

  test.each(['create', 'update', 'updateMany', 'createMany'] as const)(
    'during the write of %s in a transaction of the caller is undone, without hooks as well',
    async (verb) => {
      const abort = new AbortController()
      const write = repository[verb] as (...args: unknown[]) => Promise<never>
      repository[verb] = async (...args: unknown[]) => {
        abort.abort(new Error('gone'))
        return write(...args)
      }
      repository.seed({ id: 1, text: 'a' })
      const service = createCrudService({ repository, unitOfWork })
      const given = { signal: abort.signal }
      const verbs = {
        create: () => service.create({ text: 'b' }, given),
        update: () => service.update(1, { text: 'b' }, given),
        updateMany: () => service.updateMany({ text: 'a' }, { text: 'b' }, given),
        createMany: () => service.createMany([{ text: 'b' }], given),
      }
      await expect(unitOfWork.run(async () => verbs[verb]())).rejects.toThrow('gone')
      expect(names()).toEqual(['begin', verb, 'rollback'])
    },
  )

  test('and a batch that is given up on its way stops at the next row, and is undone', async () => {
    const abort = new AbortController()
    const create = repository.create
    repository.create = async (data) => {
      if (data.text === 'b') abort.abort(new Error('gone'))
      return create(data)
    }
    const service = createCrudService({ repository, unitOfWork, hooks: { async afterCreate() {} } })
    const texts = ['a', 'b', 'c', 'd'].map((text) => ({ text }))
    await expect(service.createMany(texts, { signal: abort.signal })).rejects.toThrow('gone')
    expect(names()).toEqual(['begin', 'create', 'create', 'rollback'])
  })
})

describe('a batch', () => {
  const hooks = { async afterCreate() {}, async afterUpdate() {}, async afterDelete() {} }

  test('of no rows is none, of rows that are not there as well', async () => {
    const service = createCrudService({ repository, unitOfWork, hooks })
    expect(await service.createMany([])).toBe(0)
    expect(await service.updateMany({ text: 'nowhere' }, { text: 'b' })).toBe(0)
    expect(await service.deleteMany({ text: 'nowhere' })).toBe(0)
    expect(names()).not.toContain('update')
  })

  test('is bounded over a repository without bulk verbs as well, and says why', async () => {
    const { createMany, updateMany, deleteMany, ...ten } = repository
    const service = createCrudService({ repository: ten, maxBatch: 2 })
    const texts = ['a', 'a', 'a'].map((text) => ({ text }))
    for (const text of ['a', 'a', 'a']) await service.create({ text })
    calls.length = 0
    for (const refused of [
      service.createMany(texts),
      service.updateMany({ text: 'a' }, { text: 'b' }),
      service.deleteMany({ text: 'a' }),
    ]) {
      await expect(refused).rejects.toMatchObject({
        code: 'BATCH_TOO_LARGE',
        message: 'More than 2 rows would be handled one by one',
        params: { max: 2 },
      })
    }
    expect(names()).toEqual(['filter', 'filter'])
  })

  test('of one statement has no bound', async () => {
    const texts = Array.from({ length: 1001 }, () => ({ text: 'a' }))
    expect(await createCrudService({ repository }).createMany(texts)).toBe(1001)
    const service = createCrudService({
      repository,
      hooks: { around: (_, next) => next() },
      maxBatch: 2,
    })
    expect(await service.createMany(texts)).toBe(1001)
    expect(await service.updateMany({ text: 'a' }, { text: 'b' })).toBe(2002)
    expect(await service.deleteMany({ text: 'b' })).toBe(2002)
  })

  test('that is created with hooks is bounded, as those that change are', async () => {
    const service = createCrudService({ repository, unitOfWork, hooks, maxBatch: 2 })
    const texts = ['a', 'b', 'c'].map((text) => ({ text }))
    await expect(service.createMany(texts)).rejects.toMatchObject({
      code: 'BATCH_TOO_LARGE',
      params: { max: 2 },
    })
    expect(calls).toEqual([])
    expect(await service.createMany(texts.slice(1))).toBe(2)
    expect(await createCrudService({ repository, maxBatch: 2 }).createMany(texts)).toBe(3)
  })

  test('whose row was deleted by another meanwhile is not found, and undone as a whole', async () => {
    repository.seed({ id: 1, text: 'a' })
    repository.seed({ id: 2, text: 'a' })
    const service = createCrudService({
      repository,
      unitOfWork,
      hooks: {
        async beforeDelete({ id }) {
          if (id === 1) await repository.delete(2)
        },
      },
    })
    await expect(service.deleteMany({ text: 'a' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(names().at(-1)).toBe('rollback')
  })
})

test('whoever hears of failed effects may fail as well, at once or later', async () => {
  for (const onEffectError of [
    () => {
      throw new Error('at once')
    },
    () => Promise.reject(new Error('later')),
  ]) {
    const hooks = { afterCreateCommitted: () => Promise.reject(new Error('effect')) }
    const service = createCrudService({ repository, hooks, onEffectError })
    expect(await service.create({ text: 'a' })).toMatchObject({ text: 'a' })
  }
})

test('a committed hook of a sync service that returns a promise is reported, and its rejection harms nobody', async () => {
  class Wrong extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
    protected override afterCreateCommitted(): never {
      return Promise.reject(new ServiceError('LATE', 'nobody hears of this')) as never
    }
  }
  const fake = fakeSyncRepository([])
  const reported: unknown[] = []
  expect(new Wrong(fake).create({ text: 'a' })).toMatchObject({ text: 'a' })
  const { repository: rows } = fake
  new Wrong({ repository: rows, onEffectError: (error) => void reported.push(error) }).create({ text: 'b' })
  expect([...fake.reported, ...reported]).toMatchObject([{ code: 'HOOK_ASYNC' }, { code: 'HOOK_ASYNC' }])
  await new Promise((resolve) => setImmediate(resolve))
})

test('a hook that passes its context on to another service passes the signal, and not what it is about', async () => {
  repository.seed({ id: 1, text: 'first' })
  repository.seed({ id: 2, text: 'second' })
  const log = createCrudService({ repository: fakeRepository(calls) })
  const service = createCrudService({
    repository,
    hooks: {
      async afterDelete({ text }, context) {
        await log.create({ text: `deleted ${text}` }, context)
      },
      async afterUpdate({ text }, context) {
        await log.create({ text: `changed ${text}` }, context)
        await log.updateMany({ text: 'changed b' }, { text: 'changed to b' }, context)
      },
    },
  })
  await service.delete(1)
  await service.update(2, { text: 'b' })
  expect((await log.filter({})).map(({ text }) => text)).toEqual(['deleted first', 'changed to b'])
})

test('a hook that passes its context on within a sync service deletes nothing by it', () => {
  const log = new SyncCrudService<Note, NoteCreate, NoteUpdate>({
    repository: fakeSyncRepository([]).repository,
  })
  class Notes extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
    protected override afterDelete({ text }: Note, context: DeleteContext<Note, number>) {
      log.create({ text: `deleted ${text}` }, context)
    }
  }
  const service = new Notes({ repository: fakeSyncRepository([]).repository })
  service.delete(service.create({ text: 'a' }).id)
  expect(log.filter({}).map(({ text }) => text)).toEqual(['deleted a'])
})
