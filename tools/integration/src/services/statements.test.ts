import { createCrudService, type HooksOption } from '@fastkit/service'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Database, openDatabase, providers } from '../../test/services/databases.ts'
import { type Fault, faultyAdapter } from '../../test/services/faulty-adapter.ts'
import {
  type Note,
  type NoteCreate,
  type NoteFilter,
  type Notes,
  type NoteUpdate,
  type World,
  worldOf,
} from '../../test/services/worlds.ts'

type Hooks = NonNullable<HooksOption<Note, NoteCreate, NoteUpdate, Note, NoteFilter, number>['hooks']>

/** Each verb, with a row that is there and one that was deleted. */
const verbs: Readonly<Record<string, (of: Notes, live: number, deleted: number) => Promise<unknown>>> = {
  get: (of, live) => of.get(live),
  getOrFail: (of, live) => of.getOrFail(live),
  first: (of) => of.first({ text: 'a' }),
  filter: (of) => of.filter({ text: 'a' }),
  count: (of) => of.count(),
  exists: (of) => of.exists(),
  create: (of) => of.create({ text: 'b' }),
  update: (of, live) => of.update(live, { text: 'b' }),
  delete: (of, live) => of.delete(live),
  restore: async (of, _, deleted) => of.restore?.(deleted),
  createMany: async (of) => of.createMany?.([{ text: 'b' }, { text: 'c' }]),
  updateMany: async (of) => of.updateMany?.({ text: 'a' }, { text: 'b' }),
  deleteMany: async (of) => of.deleteMany?.({ text: 'a' }),
}
const nothing = async () => {}
const rules: Hooks = {
  validateCreate: nothing,
  validateUpdate: nothing,
  validateDelete: nothing,
  validateRestore: nothing,
  afterCreateCommitted: nothing,
  afterUpdateCommitted: nothing,
  afterDeleteCommitted: nothing,
  afterRestoreCommitted: nothing,
  around: (_, next) => next(),
}
const afterwards: Hooks = {
  afterCreate: nothing,
  afterUpdate: nothing,
  afterDelete: nothing,
  afterRestore: nothing,
}

describe.each(providers)('on %s', (provider) => {
  const sent: Fault = { at: 0, kind: 'connection', count: 0 } // never at fault, but counts
  let database: Database
  let direct: Client
  let world: World
  beforeAll(async () => {
    database = await openDatabase(provider)
    direct = database.client()
    world = worldOf(database.client((adapter) => faultyAdapter(adapter, sent)))
  })
  afterAll(() => database?.drop())

  const service = (hooks: Hooks, options: object = {}) =>
    createCrudService({
      repository: world.notes,
      unitOfWork: world.unitOfWork,
      hooks,
      ...options,
    }) as unknown as Notes

  /** The repository, each write in a transaction of its own. */
  function byHand(): Notes {
    const { notes, unitOfWork } = world
    return {
      ...notes,
      create: (data) => unitOfWork.run(() => notes.create(data)),
      update: (id, data) => unitOfWork.run(() => notes.update(id, data)),
      delete: (id) => unitOfWork.run(() => notes.delete(id)),
      restore: (id) => unitOfWork.run(async () => (await notes.restore?.(id)) as Note),
    }
  }

  /** How many statements a verb sends, BEGIN and COMMIT included. */
  async function statements(verb: string, of: Notes): Promise<number> {
    await direct.note.deleteMany()
    const [live, deleted] = [await world.notes.create({ text: 'a' }), await world.notes.create({ text: 'a' })]
    await world.notes.delete(deleted.id)
    sent.count = 0
    await verbs[verb]?.(of, live.id, deleted.id)
    return sent.count
  }

  test.each(Object.keys(verbs))(
    '%s without hooks is what the repository sends, and nothing more',
    async (verb) => {
      const alone = await statements(verb, world.notes)
      expect(await statements(verb, service({}))).toBe(alone)
      // MariaDB cannot return the row that it writes.
      if (provider !== 'mysql') expect(alone).toBe(1)
    },
  )

  test.each(['create', 'update', 'delete', 'restore'])(
    '%s is one statement more only for previous, and for BEGIN and COMMIT where hooks need them',
    async (verb) => {
      const alone = await statements(verb, world.notes)
      expect(await statements(verb, service(rules))).toBe(alone)
      const within = await statements(verb, byHand())
      expect(await statements(verb, service({ ...rules, ...afterwards }))).toBe(within)
      if (verb !== 'update' && verb !== 'delete') return
      expect(await statements(verb, service(rules, { needsPrevious: [verb] }))).toBe(within + 1)
    },
  )
})
