import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { fakeRepository, type Note, type NoteCreate, type NoteUpdate } from '../test/fake-repository.ts'
import { CrudService } from './crud-service.ts'
import { conflict, invalid } from './errors.ts'
import type { HookContext } from './hooks.ts'

let calls: [string, ...unknown[]][]
let repository: ReturnType<typeof fakeRepository>

beforeEach(() => {
  calls = []
  repository = fakeRepository(calls)
})

/** Writes down every hook, in order. */
class Recorded extends CrudService<Note, NoteCreate, NoteUpdate> {
  override async validateCreate(data: NoteCreate, context: HookContext) {
    calls.push(['validateCreate', { ...data }, context])
  }
  override async beforeCreate(data: NoteCreate, context: HookContext) {
    calls.push(['beforeCreate', { ...data }, context])
    return { ...data, text: `${data.text}!` }
  }
  override async afterCreate(row: Note, context: HookContext) {
    calls.push(['afterCreate', row, context])
  }
  override async validateUpdate(data: NoteUpdate, context: HookContext) {
    calls.push(['validateUpdate', { ...data }, context])
  }
  override async beforeUpdate(data: NoteUpdate, context: HookContext) {
    calls.push(['beforeUpdate', { ...data }, context])
    return data
  }
  override async afterUpdate(row: Note, context: HookContext) {
    calls.push(['afterUpdate', row, context])
  }
  override async validateDelete(context: HookContext) {
    calls.push(['validateDelete', context])
  }
  override async beforeDelete(context: HookContext) {
    calls.push(['beforeDelete', context])
  }
  override async afterDelete(row: Note, context: HookContext) {
    calls.push(['afterDelete', row, context])
  }
  override async validateRestore(context: HookContext) {
    calls.push(['validateRestore', context])
  }
  override async beforeRestore(context: HookContext) {
    calls.push(['beforeRestore', context])
  }
  override async afterRestore(row: Note, context: HookContext) {
    calls.push(['afterRestore', row, context])
  }
}

const names = () => calls.map(([name]) => name)

describe('the hooks run in one order, with one context', () => {
  test('create', async () => {
    const input = { text: 'a' }
    const row = await new Recorded({ repository }).create(input)
    const context = { operation: 'create', input }
    expect(calls).toEqual([
      ['validateCreate', { text: 'a' }, context],
      ['beforeCreate', { text: 'a' }, context],
      ['create', { text: 'a!' }],
      ['afterCreate', row, context],
    ])
    expect(row).toEqual({ id: 1, text: 'a!' })
  })

  test('update', async () => {
    repository.seed({ id: 1, text: 'a' })
    const row = await new Recorded({ repository }).update(1, { text: 'b' })
    const context = { operation: 'update', key: 1, input: { text: 'b' } }
    expect(calls).toEqual([
      ['validateUpdate', { text: 'b' }, context],
      ['beforeUpdate', { text: 'b' }, context],
      ['update', 1, { text: 'b' }],
      ['afterUpdate', row, context],
    ])
  })

  test('delete and restore', async () => {
    repository.seed({ id: 1, text: 'a' })
    const service = new Recorded({ repository })
    expect(await service.delete(1)).toEqual({ id: 1, text: 'a' })
    expect(await service.restore(1)).toEqual({ id: 1, text: 'a' })
    expect(names()).toEqual([
      'validateDelete',
      'beforeDelete',
      'delete',
      'afterDelete',
      'validateRestore',
      'beforeRestore',
      'restore',
      'afterRestore',
    ])
  })
})

describe('a hook that throws ends the call', () => {
  test.each([
    ['validateCreate', ['validateCreate']],
    ['beforeCreate', ['validateCreate', 'beforeCreate']],
    ['afterCreate', ['validateCreate', 'beforeCreate', 'create', 'afterCreate']],
  ])('%s', async (hook, expected) => {
    const service = new Recorded({ repository })
    Object.defineProperty(service, hook, {
      value: () => {
        calls.push([hook])
        throw conflict('NOT_TODAY', 'Closed')
      },
    })
    await expect(service.create({ text: 'a' })).rejects.toMatchObject({ code: 'NOT_TODAY' })
    expect(names()).toEqual(expected)
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
      data.text = 'changed'
      return data
    }
  }
  const input = { text: 'a' }
  expect(await new Sloppy({ repository }).create(input)).toMatchObject({ text: 'changed' })
  expect(input).toEqual({ text: 'a' })
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
  const service = new Recorded({ repository })
  await expect(service.update(9, { text: 'b' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(service.delete(9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(service.getOrFail(9)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(names()).not.toContain('afterUpdate')
  expect(names()).not.toContain('afterDelete')
})

test('over a repository that cannot restore, restore says so before any hook', async () => {
  const { restore: _, ...rest } = repository
  await expect(new Recorded({ repository: rest }).restore(1)).rejects.toMatchObject({ code: 'NO_RESTORE' })
  expect(calls).toEqual([])
})

describe('with a response schema', () => {
  const NoteResponse = v.object({ id: v.number(), text: v.pipe(v.string(), v.toUpperCase()) })
  class Shown extends CrudService<
    Note & { secret: string },
    NoteCreate,
    NoteUpdate,
    v.InferOutput<typeof NoteResponse>
  > {}

  test('callers see what it lets through, from every verb', async () => {
    repository.seed({ id: 1, text: 'a', secret: 'x' } as Note)
    const service = new Shown({ repository: repository as never, response: NoteResponse })
    const seen = { id: 1, text: 'A' }
    expect(await service.get(1)).toEqual(seen)
    expect(await service.getOrFail(1)).toEqual(seen)
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
})
