import {
  CrudService,
  type CrudServiceOptions,
  conflict,
  createCrudService,
  invalid,
  type UpdateContext,
  withSlug,
} from '@fastkit/service'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Note,
  type NoteCreate,
  type NoteFilter,
  type NoteUpdate,
  type OpenWorld,
  worlds,
} from '../../test/services/worlds.ts'

type Options = CrudServiceOptions<Note, NoteCreate, NoteUpdate, Note, NoteFilter, number>

/** Writes with its rows, and says what became of them. */
class NoteService extends CrudService<Note, NoteCreate, NoteUpdate, Note, NoteFilter> {
  static override readonly needsPrevious = ['update', 'delete'] as const
  readonly committed: string[] = []
  readonly #logs: OpenWorld['logs']

  constructor({ logs, ...options }: Options & Pick<OpenWorld, 'logs'>) {
    super(options)
    this.#logs = logs
  }

  protected override async validateCreate({ text }: NoteCreate) {
    if (text === '') throw invalid([{ path: ['text'], code: 'EMPTY' }])
  }
  protected override async beforeCreate(data: NoteCreate) {
    await this.#logs.create({ text: `before ${data.text}` })
    return data
  }
  protected override async afterCreate({ text }: Note) {
    await this.#logs.create({ text: `after ${text}` })
    if (text.startsWith('bad')) throw conflict('BAD', 'Bad')
  }
  protected override async afterCreateCommitted({ text }: Note) {
    this.committed.push(`created ${text}`)
  }
  protected override async afterUpdate(row: Note, { previous }: UpdateContext<Note, NoteUpdate, number>) {
    if (row.text === 'bad') throw conflict('BAD', 'Bad')
    await this.#logs.create({ text: `${previous.text} → ${row.text}` })
  }
  protected override async afterUpdateCommitted({ text }: Note) {
    this.committed.push(`updated ${text}`)
  }
  protected override async beforeDelete({ previous }: { previous: Note }) {
    await this.#logs.create({ text: `gone ${previous.text}` })
  }
  protected override async afterRestoreCommitted({ text }: Note) {
    this.committed.push(`restored ${text}`)
  }
}

describe.each(worlds)('over %s', (_name, open) => {
  let world: OpenWorld
  let service: NoteService
  beforeAll(async () => {
    world = await open()
  })
  beforeEach(async () => {
    await world.clear()
    service = new NoteService({ repository: world.notes, ...world })
  })
  afterAll(() => world?.drop())

  const logged = async () => (await world.logs.filter({})).map(({ text }) => text)
  const texts = async () => (await world.notes.filter({})).map(({ text }) => text).sort()
  const transaction = { maxWaitMs: 30_000, timeoutMs: 30_000 }

  test('a row goes through its life, with what its hooks write', async () => {
    const { id } = await service.create({ text: 'a' })
    expect(await service.update(id, { text: 'b' })).toMatchObject({ id, text: 'b', status: 'open' })
    await service.delete(id)
    expect(await service.get(id)).toBeNull()
    await service.restore(id)
    expect(await service.getOrFail(id)).toMatchObject({ text: 'b' })
    expect(await logged()).toEqual(['before a', 'after a', 'a → b', 'gone b'])
    expect(service.committed).toEqual(['created a', 'updated b', 'restored b'])
  })

  test('what an after hook throws undoes the row and what hooks wrote, and nothing is told as committed', async () => {
    await expect(service.create({ text: 'bad' })).rejects.toMatchObject({ code: 'BAD' })
    const { id } = await service.create({ text: 'good' })
    await expect(service.update(id, { text: 'bad' })).rejects.toMatchObject({ code: 'BAD' })
    expect(await texts()).toEqual(['good'])
    expect(await logged()).toEqual(['before good', 'after good'])
    expect(service.committed).toEqual(['created good'])
  })

  test('a missing row is not found before any hook has run', async () => {
    await expect(service.update(9999, { text: 'x' })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(service.delete(9999)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await logged()).toEqual([])
  })

  test('many are created all or none, whichever fails', async () => {
    const good = ['a', 'b', 'c'].map((text) => ({ text }))
    for (const at of good.keys()) {
      const list = good.with(at, { text: `bad${at}` })
      await expect(service.createMany(list)).rejects.toMatchObject({ code: 'BAD' })
    }
    await expect(service.createMany([...good, { text: '' }])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    })
    expect([await texts(), await logged(), service.committed]).toEqual([[], [], []])
    expect(await service.createMany(good)).toBe(3)
    expect(await texts()).toEqual(['a', 'b', 'c'])
    expect(service.committed).toEqual(['created a', 'created b', 'created c'])
  })

  test('many are changed and deleted with their hooks, or in one statement without', async () => {
    await service.createMany(['a1', 'a2', 'b'].map((text) => ({ text })))
    expect(await service.updateMany({ text__startswith: 'a' }, { status: 'done' })).toBe(2)
    expect(await world.notes.count({ status: 'done' })).toBe(2)
    expect(await service.deleteMany({ status: 'done' })).toBe(2)
    expect(await logged()).toEqual(expect.arrayContaining(['a1 → a1', 'a2 → a2', 'gone a1', 'gone a2']))
    const plain = createCrudService({ repository: world.notes, unitOfWork: world.unitOfWork })
    expect(await plain.createMany([{ text: 'c' }, { text: 'd' }])).toBe(2)
    expect(await plain.updateMany({ text: 'c' }, { text: 'e' })).toBe(1)
    expect(await plain.deleteMany({}, { all: true })).toBe(3)
    await expect(plain.deleteMany({})).rejects.toMatchObject({ code: 'FILTER_REQUIRED' })
    await expect(service.deleteMany({})).rejects.toMatchObject({ code: 'FILTER_REQUIRED' })
  })

  test('defaults of a schema count on create, and only what is given changes on update', async () => {
    const Input = v.object({ text: v.string(), status: v.optional(v.string(), 'draft') })
    const { id } = await service.create(v.parse(Input, { text: 'a' }))
    expect(await service.get(id)).toMatchObject({ text: 'a', status: 'draft' })
    expect(await service.update(id, { text: 'b' })).toMatchObject({ text: 'b', status: 'draft' })
  })

  test('of twenty who pay at once with the version they saw, one does', { timeout: 60_000 }, async () => {
    class Payments extends CrudService<Note, NoteCreate, NoteUpdate, Note, NoteFilter> {
      static override readonly needsPrevious = ['update'] as const
      protected override async validateUpdate(
        _: NoteUpdate,
        { previous }: UpdateContext<Note, NoteUpdate, number>,
      ) {
        if (previous.status === 'paid') throw conflict('STATE', 'Paid already')
      }
    }
    const payments = new Payments({ repository: world.notes, unitOfWork: world.unitOfWork, transaction })
    const { id, version } = await world.notes.create({ text: 'invoice' })
    const pay = () => payments.update(id, { status: 'paid' }, { version })
    const results = await Promise.allSettled(Array.from({ length: 20 }, pay))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    for (const code of codes) expect(['STATE', 'VERSION_CONFLICT', 'WRITE_CONFLICT']).toContain(code)
    expect(await world.notes.get(id)).toMatchObject({ status: 'paid', version: version + 1 })
  })

  test('of a hundred same requests at once one creates, and one is told', { timeout: 60_000 }, async () => {
    const once = new NoteService({ repository: world.notes, ...world, transaction })
    const request = () => once.createOnce({ text: 'a', requestId: 'r1' }, { by: 'requestId' })
    const results = await Promise.all(Array.from({ length: 100 }, request))
    expect(results.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(results.map(({ row }) => row.id)).size).toBe(1)
    expect(await texts()).toEqual(['a'])
    expect(once.committed).toEqual(['created a'])
    expect(await logged()).toEqual(['before a', 'after a'])
    const again = await world.unitOfWork.run(() => request())
    expect(again.created).toBe(false)
  })

  test('hooks join a transaction around the call, and go with it', async () => {
    const failing = world.unitOfWork.run(async () => {
      await service.create({ text: 'a' })
      await service.createMany([{ text: 'b' }, { text: 'c' }])
      expect(service.committed).toEqual([])
      throw new Error('after all')
    })
    await expect(failing).rejects.toThrow('after all')
    expect([await texts(), await logged(), service.committed]).toEqual([[], [], []])
  })

  describe('withSlug', () => {
    class Slugged extends withSlug(CrudService<Note, NoteCreate, NoteUpdate, Note, NoteFilter>, {
      from: 'text',
    }) {}
    class Following extends withSlug(CrudService<Note, NoteCreate, NoteUpdate, Note, NoteFilter>, {
      from: 'text',
      onUpdate: true,
      maxLength: 16,
    }) {}
    const slugs = async () => (await world.notes.filter({})).map(({ slug }) => slug)

    test('numbers titles that are the same, reads other alphabets, and never ends up empty', async () => {
      const slugged = new Slugged({ repository: world.notes })
      for (const text of ['Hello World', 'Hello, world!', 'hello world', 'Đorđe, straße', 'new', '東京'])
        await slugged.create({ text })
      expect(await slugs()).toEqual([
        'hello-world',
        'hello-world-2',
        'hello-world-3',
        'dorde-strasse',
        'new-2',
        '東京',
      ])
      const { slug } = await slugged.create({ text: '🎉' })
      expect(slug).toMatch(/^[0-9a-z]{10}$/)
      expect(await slugged.create({ text: 'x', slug: 'as-given' })).toMatchObject({ slug: 'as-given' })
      await expect(slugged.create({ text: 'x', slug: 'as-given' })).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
      })
      await slugged.createMany([{ text: 'Same' }, { text: 'Same' }])
      expect((await slugs()).slice(-2)).toEqual(['same', 'same-2'])
    })

    test('gives each of twenty at once its own, in a transaction or not', { timeout: 60_000 }, async () => {
      const plain = new Slugged({ repository: world.notes, unitOfWork: world.unitOfWork })
      await Promise.all(Array.from({ length: 10 }, () => plain.create({ text: 'Title' })))
      const within = () =>
        world.unitOfWork.run(() => plain.create({ text: 'Title' }), { ...transaction, retries: 5 })
      await Promise.all(Array.from({ length: 10 }, within))
      const all = await slugs()
      expect(new Set(all).size).toBe(20)
      expect(all).toContain('title')
    })

    test('stays on update, unless it is asked to follow', async () => {
      const slugged = new Slugged({ repository: world.notes })
      const following = new Following({ repository: world.notes })
      const { id } = await slugged.create({ text: 'First' })
      expect(await slugged.update(id, { text: 'Second' })).toMatchObject({ slug: 'first' })
      expect(await following.update(id, { text: 'Third' })).toMatchObject({ slug: 'third' })
      expect(await following.update(id, { text: 'third' })).toMatchObject({ slug: 'third' })
      expect(await following.update(id, { status: 'done' })).toMatchObject({ slug: 'third' })
      expect((await following.create({ text: 'a very long title indeed' })).slug).toHaveLength(16)
      await expect(following.updateMany({ status: 'done' }, { text: 'x' })).rejects.toMatchObject({
        code: 'SLUG_UPDATE',
      })
    })
  })
})
