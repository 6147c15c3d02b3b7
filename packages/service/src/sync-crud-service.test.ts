import * as v from 'valibot'
import { beforeEach, expect, test } from 'vitest'
import type { Note, NoteCreate, NoteUpdate } from '../test/fake-repository.ts'
import { fakeSyncRepository } from '../test/fake-sync-repository.ts'
import { conflict } from './errors.ts'
import type { CreateContext, UpdateContext } from './operation.ts'
import { SyncCrudService } from './sync-crud-service.ts'

let calls: string[]
let fake: ReturnType<typeof fakeSyncRepository>

beforeEach(() => {
  calls = []
  fake = fakeSyncRepository(calls)
})

class Notes extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
  static override readonly needsPrevious = ['update'] as const
  failing = false

  protected override validateCreate() {
    calls.push('validateCreate')
  }
  protected override beforeCreate(data: NoteCreate, { operation }: CreateContext<NoteCreate>) {
    calls.push(`before ${operation}`)
    return { text: data.text.trim() }
  }
  protected override afterCreate() {
    calls.push('afterCreate')
    if (this.failing) throw conflict('NO', 'No')
  }
  protected override afterCreateCommitted() {
    calls.push('committed')
    throw new Error('reported')
  }
  protected override afterUpdate(row: Note, { previous }: UpdateContext<Note, NoteUpdate, number>) {
    calls.push(`${previous.text} → ${row.text}`)
  }
}

test('the order is that of an async service', () => {
  const service = new Notes(fake)
  expect(service.create({ text: ' a ' })).toEqual({ id: 1, text: 'a' })
  expect(calls).toEqual([
    'begin',
    'validateCreate',
    'before create',
    'create',
    'afterCreate',
    'commit',
    'committed',
  ])
  expect(fake.reported).toMatchObject([{ message: 'reported' }])
  calls.length = 0
  expect(service.update(1, { text: 'b' })).toEqual({ id: 1, text: 'b' })
  expect(calls).toEqual(['begin', 'getOrFail', 'update', 'a → b', 'commit'])
})

test('what a hook throws undoes all of it, and drops what was to follow', () => {
  const service = new Notes(fake)
  service.failing = true
  expect(() => service.create({ text: 'a' })).toThrow(expect.objectContaining({ code: 'NO' }))
  expect(() => service.createMany([{ text: 'a' }])).toThrow(expect.objectContaining({ code: 'NO' }))
  expect(service.count()).toBe(0)
  expect(calls).not.toContain('committed')
  expect(() => service.update(9, {})).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('without hooks a verb is one call, and without a unit of work there is none', () => {
  const service = new SyncCrudService<Note, NoteCreate, NoteUpdate>({ repository: fake.repository })
  service.create({ text: 'a' })
  service.update(1, { text: 'b' })
  expect([service.get(1), service.get(2), service.first({ text: 'b' })?.id]).toEqual([
    { id: 1, text: 'b' },
    null,
    1,
  ])
  expect([service.filter({}).length, service.exists(), service.paginate().total]).toEqual([1, true, 1])
  expect(service.createMany([{ text: 'x' }, { text: 'y' }])).toBe(2)
  expect(service.updateMany({ text: 'x' }, { text: 'y' })).toBe(1)
  expect(service.deleteMany({ text: 'y' })).toBe(2)
  expect(service.createOnce({ text: 'b' }, { by: 'text' })).toEqual({
    row: { id: 1, text: 'b' },
    created: false,
  })
  service.delete(1)
  expect(calls).not.toContain('begin')
})

test('a hook that returns a promise is an error, also where types were overruled', () => {
  class Wrong extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
    protected override validateCreate(): never {
      return Promise.reject(new Error('nobody hears of this')) as never
    }
  }
  expect(() => new Wrong(fake).create({ text: 'a' })).toThrow(expect.objectContaining({ code: 'HOOK_ASYNC' }))
})

test('hooks that call the service 16 deep are stopped', () => {
  class Endless extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
    protected override afterCreate() {
      this.create({ text: 'again' })
    }
  }
  expect(() => new Endless(fake).create({ text: 'a' })).toThrow(
    expect.objectContaining({ code: 'HOOK_DEPTH' }),
  )
  expect(calls.filter((name) => name === 'create')).toHaveLength(16)
  expect(fake.repository.count()).toBe(0)
})

test('a response schema shapes what callers see; one that is async is refused', async () => {
  const response = v.object({ id: v.number() })
  const service = new SyncCrudService<Note, NoteCreate, NoteUpdate, { id: number }>({ ...fake, response })
  expect(service.create({ text: 'a' })).toEqual({ id: 1 })
  const late = v.pipeAsync(
    response,
    v.checkAsync(async () => true),
  )
  const wrong = new SyncCrudService<Note, NoteCreate, NoteUpdate, { id: number }>({ ...fake, response: late })
  expect(() => wrong.get(1)).toThrow(expect.objectContaining({ code: 'RESPONSE' }))
})
