import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { fakeRepository, type Note, type NoteCreate, type NoteUpdate } from '../test/fake-repository.ts'
import { fakeUnitOfWork } from '../test/fake-unit-of-work.ts'
import { createCrudService } from './create-crud-service.ts'
import { CrudService } from './crud-service.ts'
import { conflict, invalid, ServiceError } from './errors.ts'
import type { Hooks } from './hooks.ts'
import type { DeleteContext, UpdateContext } from './operation.ts'

let calls: [string, ...unknown[]][]
let repository: ReturnType<typeof fakeRepository>
let unitOfWork: ReturnType<typeof fakeUnitOfWork>

beforeEach(() => {
  calls = []
  repository = fakeRepository(calls)
  unitOfWork = fakeUnitOfWork(calls)
})

const names = () => calls.map(([name]) => name)
const phases = ['validate', 'before', 'after', 'committed'] as const
const operations = ['create', 'update', 'delete', 'restore'] as const
type Operation = (typeof operations)[number]
type Phase = (typeof phases)[number] | 'around'

/** The name of the hook of an operation and a phase. */
function hookOf(operation: Operation, phase: Phase): keyof NoteHooks {
  if (phase === 'around') return 'around'
  const Operation = `${operation[0]?.toUpperCase()}${operation.slice(1)}`
  return (phase === 'committed' ? `after${Operation}Committed` : `${phase}${Operation}`) as keyof NoteHooks
}

type NoteHooks = Hooks<Note, NoteCreate, NoteUpdate>

/** Hooks that write down their calls; `failing` ones throw. */
function hooksOf(operation: Operation, given: readonly Phase[], failing?: Phase): Partial<NoteHooks> {
  const entries = given.map((phase) => {
    const name = hookOf(operation, phase)
    const hook = async (...args: unknown[]) => {
      calls.push([name, ...args])
      if (phase === failing) throw conflict('NOT_TODAY', 'Closed')
      return phase === 'around' ? (args[1] as () => unknown)() : args[0]
    }
    return [name, hook]
  })
  return Object.fromEntries(entries)
}

/** Calls the operation on note 1. */
function call(
  service: Pick<CrudService<Note, NoteCreate, NoteUpdate>, Operation>,
  operation: Operation,
  options?: object,
) {
  if (operation === 'create') return service.create({ text: 'a' }, options)
  if (operation === 'update') return service.update(1, { text: 'b' }, options)
  return service[operation](1, options)
}

async function seed(operation: Operation) {
  if (operation !== 'create') repository.seed({ id: 1, text: 'a' })
  if (operation === 'restore') await repository.delete(1)
  calls.length = 0
}

describe.each(operations)('%s', (operation) => {
  beforeEach(() => seed(operation))

  test('runs its hooks in one order, in a transaction but for the committed one', async () => {
    const hooks = hooksOf(operation, [...phases, 'around'])
    await call(createCrudService({ repository, unitOfWork, hooks }), operation)
    expect(names()).toEqual([
      'around',
      'begin',
      hookOf(operation, 'validate'),
      hookOf(operation, 'before'),
      operation,
      hookOf(operation, 'after'),
      'commit',
      hookOf(operation, 'committed'),
    ])
  })

  // Every set of hooks, and what it makes of the statements.
  const sets = Array.from({ length: 2 ** phases.length }, (_, bits) =>
    phases.filter((_, at) => bits & (2 ** at)),
  )
  test.each(sets.map((set) => [set]))(
    'with the hooks %j opens a transaction only when one of them needs it',
    async (set) => {
      await call(createCrudService({ repository, unitOfWork, hooks: hooksOf(operation, set) }), operation)
      const needed = set.includes('before') || set.includes('after')
      expect(names().filter((name) => ['begin', 'commit', operation].includes(name))).toEqual(
        needed ? ['begin', operation, 'commit'] : [operation],
      )
      for (const phase of set) expect(names()).toContain(hookOf(operation, phase))
    },
  )

  test.each(phases.slice(0, 3))('a hook that throws ends the call: %s', async (failing) => {
    const hooks = hooksOf(operation, phases, failing)
    await expect(call(createCrudService({ repository, unitOfWork, hooks }), operation)).rejects.toMatchObject(
      { code: 'NOT_TODAY' },
    )
    const order = [
      'begin',
      hookOf(operation, 'validate'),
      hookOf(operation, 'before'),
      operation,
      hookOf(operation, 'after'),
    ]
    const reached = order.indexOf(hookOf(operation, failing)) + 1
    expect(names()).toEqual([...order.slice(0, reached), 'rollback'])
  })

  test.each([true, false])(
    'a committed hook that throws is reported, and the call has succeeded; with a unit of work: %s',
    async (has) => {
      const reported: unknown[] = []
      const hooks = hooksOf(operation, ['committed'], 'committed')
      const options = has ? { unitOfWork } : { onEffectError: (error: unknown) => void reported.push(error) }
      await call(createCrudService({ repository, hooks, ...options }), operation)
      expect(has ? unitOfWork.reported : reported).toMatchObject([{ code: 'NOT_TODAY' }])
    },
  )

  test('within a transaction joins it, and its committed hook waits for the end of all', async () => {
    const service = createCrudService({
      repository,
      unitOfWork,
      hooks: hooksOf(operation, phases),
      transaction: { isolation: 'serializable' },
    })
    await unitOfWork.run(async () => {
      await call(service, operation)
      calls.push(['rest'])
    })
    expect(
      names().filter((name) => ['begin', 'commit', 'rest', hookOf(operation, 'committed')].includes(name)),
    ).toEqual(['begin', 'rest', 'commit', hookOf(operation, 'committed')])
  })

  test('gives all hooks one context', async () => {
    const seen: unknown[] = []
    const hooks = hooksOf(operation, [...phases, 'around'])
    const service = createCrudService({
      repository,
      unitOfWork,
      hooks,
      actor: () => ({ id: 'ann' }),
      locale: { current: () => 'de' },
    })
    const { signal } = new AbortController()
    await call(service, operation, { signal })
    for (const [, ...args] of calls) {
      seen.push(
        ...args.filter((arg) => (arg as { operation?: unknown } | undefined)?.operation !== undefined),
      )
    }
    expect(new Set(seen).size).toBe(1)
    expect(seen).toHaveLength(5)
    expect(seen[0]).toMatchObject({
      operation,
      ...(operation !== 'create' && { id: 1 }),
      ...(operation === 'create' && { input: { text: 'a' } }),
      ...(operation === 'update' && { input: { text: 'b' } }),
      actor: { id: 'ann' },
      locale: 'de',
      signal,
    })
  })

  test('that was given up is not begun, and is rolled back when it was given up within', async () => {
    const given = { signal: AbortSignal.abort(new Error('gone')) }
    await expect(
      call(createCrudService({ repository, unitOfWork, hooks: {} }), operation, given),
    ).rejects.toThrow('gone')
    expect(names()).toEqual([])
    const abort = new AbortController()
    const hooks = { [hookOf(operation, 'after')]: async () => abort.abort(new Error('left')) }
    const service = createCrudService({ repository, unitOfWork, hooks })
    await expect(call(service, operation, { signal: abort.signal })).rejects.toThrow('left')
    expect(names()).toEqual(['begin', operation, 'rollback'])
  })

  test('an around hook must return what next returned', async () => {
    const hooks: Partial<NoteHooks> = { around: async (_, next) => void (await next()) as never }
    await expect(call(createCrudService({ repository, hooks }), operation)).rejects.toMatchObject({
      code: 'HOOK_RESULT',
    })
  })

  test('hooks that call the service 16 deep are stopped', async () => {
    const service: CrudService<Note, NoteCreate, NoteUpdate> = createCrudService({
      repository,
      unitOfWork,
      hooks: { [hookOf(operation, 'validate')]: async () => void (await call(service, operation)) },
    })
    await expect(call(service, operation)).rejects.toMatchObject({ code: 'HOOK_DEPTH', kind: 'internal' })
  })
})

test('a chain of calls that nobody waits for is not a depth', async () => {
  let left = 40
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const service: CrudService<Note, NoteCreate, NoteUpdate> = createCrudService({
    repository,
    hooks: {
      async afterCreate() {
        if (left-- === 0) end()
        else setImmediate(() => void service.create({ text: 'again' }))
      },
    },
  })
  await service.create({ text: 'first' })
  await over
})

test('around may try again: each attempt starts from what the caller gave', async () => {
  let attempt = 0
  const service = createCrudService({
    repository,
    unitOfWork,
    hooks: {
      async around(_context, next) {
        return next().catch(() => next())
      },
      async beforeCreate(data: NoteCreate) {
        data.text += '!'
        if (attempt++ === 0) throw new Error('once')
        return data
      },
    },
  })
  expect(await service.create({ text: 'a' })).toEqual({ id: 1, text: 'a!' })
  expect(names()).toEqual(['begin', 'rollback', 'begin', 'create', 'commit'])
})

describe('previous', () => {
  class Watched extends CrudService<Note, NoteCreate, NoteUpdate> {
    static override readonly needsPrevious = ['update', 'delete'] as const
    protected override async validateUpdate(
      _: NoteUpdate,
      { previous }: UpdateContext<Note, NoteUpdate, number>,
    ) {
      calls.push(['validateUpdate', previous])
    }
    protected override async afterDelete(_: Note, { previous }: DeleteContext<Note, number>) {
      calls.push(['afterDelete', previous])
    }
  }

  test('is the row as it was, read within the transaction', async () => {
    repository.seed({ id: 1, text: 'a' })
    const service = new Watched({ repository, unitOfWork })
    await service.update(1, { text: 'b' })
    await service.delete(1)
    expect(calls).toEqual([
      ['begin'],
      ['getOrFail', 1],
      ['validateUpdate', { id: 1, text: 'a' }],
      ['update', 1, { text: 'b' }],
      ['commit'],
      ['begin'],
      ['getOrFail', 1],
      ['delete', 1],
      ['afterDelete', { id: 1, text: 'b' }],
      ['commit'],
    ])
  })

  test('of a row that is not there ends the call before any hook', async () => {
    await expect(new Watched({ repository, unitOfWork }).update(9, {})).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(names()).toEqual(['begin', 'getOrFail', 'rollback'])
  })

  test('that nobody declared is an error that says what to declare', async () => {
    repository.seed({ id: 1, text: 'a' })
    const service = createCrudService({
      repository,
      hooks: {
        async validateUpdate(_, { previous }) {
          calls.push(['seen', previous])
        },
      },
    })
    await expect(service.update(1, {})).rejects.toMatchObject({
      code: 'PREVIOUS_NOT_LOADED',
      message: "The previous row of update is not loaded: declare needsPrevious = ['update']",
    })
  })
})

test('a version goes to the repository', async () => {
  repository.seed({ id: 1, text: 'a' })
  await createCrudService({ repository, hooks: {} }).update(1, { text: 'b' }, { version: 3 })
  await createCrudService({ repository, hooks: hooksOf('update', ['before']) }).update(
    1,
    { text: 'b' },
    { version: 0 },
  )
  expect(calls.filter(([name]) => name === 'update')).toEqual([
    ['update', 1, { text: 'b' }, { version: 3 }],
    ['update', 1, { text: 'b' }, { version: 0 }],
  ])
})

describe('many rows', () => {
  beforeEach(() => {
    for (const id of [1, 2, 3]) repository.seed({ id, text: id === 3 ? 'c' : 'a' })
  })

  test('without hooks are one statement of the repository', async () => {
    const service = createCrudService({ repository, unitOfWork })
    expect(await service.createMany([{ text: 'x' }, { text: 'y' }])).toBe(2)
    expect(await service.updateMany({ text: 'a' }, { text: 'b' })).toBe(2)
    expect(await service.updateMany({}, { text: 'b' }, { all: true })).toBe(5)
    expect(await service.deleteMany({ text: 'b' })).toBe(5)
    expect(await service.createMany([])).toBe(0)
    expect(calls).toEqual([
      ['createMany', [{ text: 'x' }, { text: 'y' }]],
      ['updateMany', { text: 'a' }, { text: 'b' }],
      ['updateMany', {}, { text: 'b' }, { all: true }],
      ['deleteMany', { text: 'b' }],
    ])
  })

  test('that are created are all validated before any is written, in one statement', async () => {
    const service = createCrudService({
      repository,
      unitOfWork,
      hooks: hooksOf('create', ['validate', 'before']),
    })
    expect(await service.createMany([{ text: 'x' }, { text: 'y' }])).toBe(2)
    expect(names()).toEqual([
      'begin',
      'validateCreate',
      'validateCreate',
      'beforeCreate',
      'beforeCreate',
      'createMany',
      'commit',
    ])
  })

  test('that are created are a statement each where hooks want to see them', async () => {
    const service = createCrudService({
      repository,
      unitOfWork,
      hooks: hooksOf('create', ['after', 'committed']),
    })
    expect(await service.createMany([{ text: 'x' }, { text: 'y' }])).toBe(2)
    expect(names()).toEqual([
      'begin',
      'create',
      'create',
      'afterCreate',
      'afterCreate',
      'commit',
      'afterCreateCommitted',
      'afterCreateCommitted',
    ])
  })

  test.each([0, 1, 2])('that are created are all or none: the %d. fails', async (failing) => {
    let at = 0
    const hooks = {
      async afterCreate() {
        if (at++ === failing) throw conflict('NO', 'No')
      },
    }
    const service = createCrudService({ repository, unitOfWork, hooks })
    await expect(service.createMany([{ text: 'x' }, { text: 'y' }, { text: 'z' }])).rejects.toMatchObject({
      code: 'NO',
    })
    expect(names().at(-1)).toBe('rollback')
  })

  test.each(['update', 'delete'] as const)(
    'with hooks for %s are loaded, and each has its hooks, its key and its previous',
    async (operation) => {
      const seen: unknown[] = []
      const hooks = {
        [hookOf(operation, 'committed')]: async (
          _: Note,
          { id, previous }: UpdateContext<Note, NoteUpdate, number>,
        ) => void seen.push([id, previous]),
      }
      const service = createCrudService({ repository, unitOfWork, hooks })
      const changed =
        operation === 'update'
          ? service.updateMany({ text: 'a' }, { text: 'b' })
          : service.deleteMany({ text: 'a' })
      expect(await changed).toBe(2)
      expect(names()).toEqual(['begin', 'filter', operation, operation, 'commit'])
      expect(seen).toEqual([1, 2].map((id) => [id, { id, text: 'a' }]))
    },
  )

  test('with hooks ask for { all: true } like those without, and are bounded', async () => {
    const hooks = hooksOf('delete', ['after'])
    const service = createCrudService({ repository, unitOfWork, hooks, maxBatch: 2 })
    await expect(service.deleteMany({})).rejects.toMatchObject({ code: 'FILTER_REQUIRED' })
    await expect(service.deleteMany({}, { all: true })).rejects.toMatchObject({
      code: 'BATCH_TOO_LARGE',
      kind: 'too_large',
      params: { max: 2 },
    })
    expect(names()).not.toContain('delete')
    expect(await service.deleteMany({ text: 'a' })).toBe(2)
  })

  test('around goes around the whole batch', async () => {
    const seen: unknown[] = []
    const service = createCrudService({
      repository,
      hooks: {
        async around(context, next) {
          const result = await next()
          seen.push([context.operation, result])
          return result
        },
      },
    })
    await service.createMany([{ text: 'x' }])
    await service.updateMany({ text: 'x' }, { text: 'y' })
    await service.deleteMany({ text: 'y' })
    expect(seen).toEqual([
      ['createMany', 1],
      ['updateMany', 1],
      ['deleteMany', 1],
    ])
  })

  test('over a repository of ten verbs are written one by one', async () => {
    const { createMany, updateMany, deleteMany, ...ten } = repository
    const service = createCrudService({ repository: ten, unitOfWork })
    expect(await service.createMany([{ text: 'x' }, { text: 'y' }])).toBe(2)
    expect(await service.updateMany({ text: 'a' }, { text: 'b' })).toBe(2)
    expect(await service.deleteMany({ text: 'b' })).toBe(2)
    for (const verb of [
      () => service.createManyWithoutHooks([]),
      () => service.updateManyWithoutHooks({}, {}),
      () => service.deleteManyWithoutHooks({}),
    ]) {
      await expect(verb()).rejects.toMatchObject({ code: 'NO_BULK' })
    }
  })

  test('…WithoutHooks run none', async () => {
    const hooks = { ...hooksOf('create', phases), ...hooksOf('update', phases), ...hooksOf('delete', phases) }
    const service = createCrudService({ repository, unitOfWork, hooks })
    await service.createManyWithoutHooks([{ text: 'x' }])
    await service.updateManyWithoutHooks({ text: 'x' }, { text: 'y' })
    await service.deleteManyWithoutHooks({ text: 'y' })
    expect(names()).toEqual(['createMany', 'updateMany', 'deleteMany'])
  })
})

describe('createOnce', () => {
  const by = { by: 'text' } as const

  test('creates once, and answers with the row from then on, without a hook', async () => {
    const service = createCrudService({ repository, unitOfWork, hooks: hooksOf('create', ['after']) })
    expect(await service.createOnce({ text: 'a' }, by)).toEqual({ row: { id: 1, text: 'a' }, created: true })
    expect(await service.createOnce({ text: 'a' }, by)).toEqual({ row: { id: 1, text: 'a' }, created: false })
    expect(names().filter((name) => name === 'afterCreate')).toHaveLength(1)
  })

  test('takes the row of another that came first meanwhile, by a savepoint within a transaction', async () => {
    repository.create = async (data) => {
      repository.seed({ id: 7, ...data })
      throw new ServiceError('UNIQUE_VIOLATION', 'Taken', { params: { fields: ['text'] } })
    }
    const service = createCrudService({ repository, unitOfWork })
    const once = unitOfWork.run(() => service.createOnce({ text: 'a' }, by))
    expect(await once).toEqual({ row: { id: 7, text: 'a' }, created: false })
    expect(names()).toContain('savepoint')
  })

  test('passes on a violation of another column, and one whose row cannot be seen', async () => {
    for (const field of ['other', 'text']) {
      repository.create = async () => {
        throw new ServiceError('UNIQUE_VIOLATION', 'Taken', { issues: [{ path: [field], code: 'UNIQUE' }] })
      }
      const service = createCrudService({ repository })
      await expect(service.createOnce({ text: 'a' }, by)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
    }
  })

  test('needs a value, and can tell other data', async () => {
    const service = createCrudService({ repository })
    await expect(service.createOnce({ text: '' }, by)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ path: ['text'] }],
    })
    await service.create({ text: 'a' })
    await expect(service.createOnce({ text: 'a' }, { ...by, same: () => false })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
      kind: 'invalid',
    })
  })
})

test.each([
  ['a hook that is none', () => createCrudService({ repository, hooks: { afterCreated() {} } as never })],
  ['a maxBatch of 0', () => createCrudService({ repository, maxBatch: 0 })],
  ['a maxBatch of NaN', () => createCrudService({ repository, maxBatch: Number.NaN })],
  ['a previous of create', () => createCrudService({ repository, needsPrevious: ['create' as never] })],
])('%s is refused when the service is made', (_, make) => {
  expect(make).toThrow(expect.objectContaining({ code: 'SERVICE_CONFIG' }))
})

test.each([null, undefined, 5, 'text', []])('%j is no input', async (input) => {
  const service = createCrudService({ repository, unitOfWork })
  for (const call of [
    () => service.create(input as never),
    () => service.update(1, input as never),
    () => service.createMany([input as never]),
    () => service.createOnce(input as never, { by: 'text' }),
  ]) {
    await expect(call()).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ path: [], code: 'OBJECT' }],
    })
  }
  await expect(service.createMany({} as never)).rejects.toMatchObject({ issues: [{ code: 'LIST' }] })
  expect(calls).toEqual([])
})

test('a rule answers with its issues', async () => {
  class Strict extends CrudService<Note, NoteCreate, NoteUpdate> {
    override async validateCreate(data: NoteCreate) {
      if (data.text === '') throw invalid([{ path: ['text'], code: 'EMPTY' }])
    }
  }
  await expect(new Strict({ repository }).create({ text: '' })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    kind: 'invalid',
    issues: [{ path: ['text'], code: 'EMPTY' }],
  })
  expect(calls).toEqual([])
})

test('hooks of a class see each other’s base, and are found when they are properties', async () => {
  class Base extends CrudService<Note, NoteCreate, NoteUpdate> {
    protected override async beforeCreate(data: NoteCreate) {
      return { text: `${data.text}1` }
    }
  }
  class Derived extends Base {
    protected override async beforeCreate(data: NoteCreate) {
      return { text: `${(await super.beforeCreate(data)).text}2` }
    }
    protected override readonly afterCreate = async () => void calls.push(['property'])
  }
  expect(await new Derived({ repository }).create({ text: 'a' })).toMatchObject({ text: 'a12' })
  expect(names()).toEqual(['create', 'property'])
})

test('a hook that forgets to return is named', async () => {
  class Forgetful extends CrudService<Note, NoteCreate, NoteUpdate> {
    override async beforeCreate() {
      return undefined as never
    }
    override async beforeUpdate() {
      return null as never
    }
  }
  const service = new Forgetful({ repository })
  await expect(service.create({ text: 'a' })).rejects.toMatchObject({
    code: 'HOOK_RESULT',
    message: 'beforeCreate must return the data to write',
  })
  await expect(service.update(1, {})).rejects.toMatchObject({
    message: 'beforeUpdate must return the data to write',
  })
  expect(calls).toEqual([])
})

test('a hook that changes its data leaves the caller’s object alone', async () => {
  class Sloppy extends CrudService<Note, NoteCreate, NoteUpdate> {
    override async beforeCreate(data: NoteCreate) {
      Object.assign(data, { text: 'changed' })
      Object.assign((data as unknown as typeof input).deep.list[0] as object, { at: 1 })
      ;(data as unknown as typeof input).deep.when.setTime(0)
      return data
    }
  }
  const when = new Date()
  const input = { text: 'a', deep: { list: [{ at: 0 }], when: new Date(when) } }
  expect(await new Sloppy({ repository }).create(input)).toMatchObject({ text: 'changed' })
  expect(input).toEqual({ text: 'a', deep: { list: [{ at: 0 }], when } })
})

test('without hooks a verb is one call of the repository', async () => {
  repository.seed({ id: 1, text: 'a' })
  const service = new CrudService<Note, NoteCreate, NoteUpdate>({ repository })
  expect(await service.get(1)).toEqual({ id: 1, text: 'a' })
  expect(await service.get(2)).toBeNull()
  expect(await service.getOrFail(1)).toEqual({ id: 1, text: 'a' })
  expect(await service.first({ text: 'a' })).toEqual({ id: 1, text: 'a' })
  expect(await service.first({ text: 'none' })).toBeNull()
  expect(await service.filter({ text: 'a' }, { limit: 1 })).toEqual([{ id: 1, text: 'a' }])
  expect(await service.count({ text: 'a' })).toBe(1)
  expect(await service.exists({ text: 'b' })).toBe(false)
  expect(await service.paginate({ page: 1 })).toMatchObject({ items: [{ id: 1 }], total: 1 })
  await service.update(1, { text: 'b' })
  expect(names()).toEqual([
    'get',
    'get',
    'getOrFail',
    'first',
    'first',
    'filter',
    'count',
    'exists',
    'paginate',
    'update',
  ])
})

test('a missing row is the repository’s error, and no after hook runs', async () => {
  const hooks = { ...hooksOf('update', phases), ...hooksOf('delete', phases) }
  const service = createCrudService({ repository, hooks })
  await expect(service.update(9, { text: 'b' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(service.delete(9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(service.getOrFail(9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(names().filter((name) => name.startsWith('after'))).toEqual([])
})

test('over a repository that cannot restore, or has no cursors, the verbs say so before any hook', async () => {
  const { restore: _, ...rest } = repository
  const service = createCrudService({ repository: rest, hooks: hooksOf('restore', phases) })
  await expect(service.restore(1)).rejects.toMatchObject({ code: 'NO_RESTORE' })
  await expect(service.cursorPaginate()).rejects.toMatchObject({ code: 'NO_CURSOR' })
  expect(calls).toEqual([])
})

describe('with a response schema', () => {
  const NoteResponse = v.object({ id: v.number(), text: v.pipe(v.string(), v.toUpperCase()) })
  class Shown extends CrudService<
    Note & { secret: string },
    NoteCreate,
    NoteUpdate,
    v.InferOutput<typeof NoteResponse>
  > {
    async shout(id: number) {
      return this.respond(await this.repository.getOrFail(id))
    }
  }

  test('callers see what it lets through, from every verb', async () => {
    repository.seed({ id: 1, text: 'a', secret: 'x' } as Note)
    const service = new Shown({ repository: repository as never, response: NoteResponse })
    const seen = { id: 1, text: 'A' }
    expect(await service.get(1)).toEqual(seen)
    expect(await service.getOrFail(1)).toEqual(seen)
    expect(await service.shout(1)).toEqual(seen)
    expect(await service.first()).toEqual(seen)
    expect(await service.filter({})).toEqual([seen])
    expect((await service.paginate()).items).toEqual([seen])
    expect(await service.update(1, {})).toEqual(seen)
    expect(await service.delete(1)).toEqual(seen)
    expect(await service.restore(1)).toEqual(seen)
  })

  test('a row that does not fit is an error that names the field, not the value', async () => {
    repository.seed({ id: 1, text: 42 as never })
    const service = new Shown({ repository: repository as never, response: NoteResponse })
    await expect(service.get(1)).rejects.toMatchObject({
      code: 'RESPONSE',
      kind: 'internal',
      message: 'A row does not fit the response schema: text',
    })
  })

  test('of which one row fails at once and another later is one error, and no rejection is unhandled', async () => {
    const unhandled: unknown[] = []
    const listen = (reason: unknown) => void unhandled.push(reason)
    process.on('unhandledRejection', listen)
    repository.seed({ id: 1, text: 'later' })
    repository.seed({ id: 2, text: 'at once' })
    const service = createCrudService({
      repository,
      response: standard(({ text }) => {
        if (text === 'at once') throw new Error(text)
        return Promise.reject(new Error(text))
      }),
    })
    await expect(service.filter({})).rejects.toThrow(/later|at once/)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(unhandled).toEqual([])
  })

  test('whose promises are not those of the language is waited for', async () => {
    repository.seed({ id: 1, text: 'a' })
    const service = createCrudService({
      repository,
      response: standard((note) => {
        // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
        return { then: (resolve: (result: object) => void) => void resolve({ value: note }) } as never
      }),
    })
    expect(await service.get(1)).toEqual({ id: 1, text: 'a' })
    expect(await service.filter({})).toEqual([{ id: 1, text: 'a' }])
  })

  function standard(validate: (note: Note) => Promise<{ value: Note }>): StandardSchemaV1<unknown, Note> {
    return { '~standard': { version: 1, vendor: 'test', validate: (row) => validate(row as Note) } }
  }
})
