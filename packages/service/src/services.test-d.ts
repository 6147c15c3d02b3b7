import type { Repository, SyncRepository, UnitOfWork } from '@fastkit/contracts'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'
import {
  type CreateContext,
  CrudService,
  createCrudService,
  SyncCrudService,
  type UpdateContext,
  withSlug,
} from './index.ts'

interface Note {
  id: number
  text: string
  slug: string
}
type NoteCreate = { text: string }
type NoteUpdate = { text?: string }
declare const notes: Repository<Note, NoteCreate, NoteUpdate, { text?: string }, number>
declare const syncNotes: SyncRepository<Note, NoteCreate, NoteUpdate, { text?: string }, number>
declare const unitOfWork: UnitOfWork

// The function infers everything from the repository, and types its hooks.
const service = createCrudService({
  repository: notes,
  unitOfWork,
  hooks: {
    async beforeCreate(data, context) {
      expectTypeOf(data).toEqualTypeOf<NoteCreate>()
      expectTypeOf(context).toEqualTypeOf<CreateContext<NoteCreate>>()
      return data
    },
    async afterUpdate(row, { previous, id, actor }) {
      expectTypeOf(row).toEqualTypeOf<Note>()
      expectTypeOf(previous).toEqualTypeOf<Note>()
      expectTypeOf(id).toEqualTypeOf<number>()
      expectTypeOf(actor?.id).toEqualTypeOf<string | undefined>()
      expectTypeOf(await this.get(id)).toEqualTypeOf<Note | null>()
    },
  },
})
expectTypeOf(service.create({ text: 'a' })).toEqualTypeOf<Promise<Note>>()
void service.createOnce({ text: 'a' }, { by: 'text' })
// @ts-expect-error a column that the input does not name
void service.createOnce({ text: 'a' }, { by: 'slug' })
// What a caller may not have can be passed on.
void service.update(1, {}, { version: undefined, signal: undefined })
void service.createOnce({ text: 'a' }, { by: 'text', signal: undefined })
// @ts-expect-error data of another type
void service.update(1, { text: 5 })

// With a response, callers see no more than it.
const shown = createCrudService({ repository: notes, response: v.object({ id: v.number() }) })
expectTypeOf(shown.getOrFail(1)).toEqualTypeOf<Promise<{ id: number }>>()

// Type parameters that are given are those of the class, in its order and with its defaults.
const given: CrudService<Note, NoteCreate, NoteUpdate> = createCrudService<Note, NoteCreate, NoteUpdate>({
  repository: {} as Repository<Note, NoteCreate, NoteUpdate, Partial<Note>, number>,
})
expectTypeOf(given).toEqualTypeOf(
  createCrudService<Note, NoteCreate, NoteUpdate, Note, Partial<Note>, number>({} as never),
)

// @ts-expect-error a hook that does not exist
createCrudService({ repository: notes, hooks: { afterCreated: async () => {} } })
// @ts-expect-error previous of create
createCrudService({ repository: notes, needsPrevious: ['create'] })

// A class overrides hooks, which know their context.
export class Notes extends CrudService<Note, NoteCreate, NoteUpdate, Note, { text?: string }> {
  static override readonly needsPrevious = ['update'] as const
  protected override async validateUpdate(
    _: NoteUpdate,
    { previous }: UpdateContext<Note, NoteUpdate, number>,
  ) {
    expectTypeOf(previous.text).toEqualTypeOf<string>()
  }
}
new Notes({ repository: notes })

export class Wrong extends CrudService<Note, NoteCreate, NoteUpdate> {
  // @ts-expect-error what is to be written is missing
  protected override async beforeCreate() {}
}

// An async hook in a sync service is an error, whatever the hook returns.
export class AsyncInSync extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
  // @ts-expect-error async
  protected override async validateCreate() {}
  // @ts-expect-error async
  protected override async beforeCreate(data: NoteCreate) {
    return data
  }
  // @ts-expect-error async
  protected override async afterUpdateCommitted() {}
}
export class AsyncLoose extends SyncCrudService<Note, object, {}> {
  // @ts-expect-error async, although a promise is an object
  protected override async beforeCreate(data: object) {
    return data
  }
  // @ts-expect-error async, although a promise is {}
  protected override async beforeUpdate(data: {}) {
    return data
  }
}
export class InSync extends SyncCrudService<Note, NoteCreate, NoteUpdate> {
  protected override validateCreate() {}
  protected override beforeCreate(data: NoteCreate) {
    return { ...data, text: data.text.trim() }
  }
}
expectTypeOf(new InSync({ repository: syncNotes }).create({ text: 'a' })).toEqualTypeOf<Note>()
// @ts-expect-error a repository that is async
new InSync({ repository: notes })

// A service with slugs is the service it was, and can be extended.
export class Slugged extends withSlug(CrudService<Note, NoteCreate, NoteUpdate>, { from: 'text' }) {
  protected override async beforeCreate(data: NoteCreate) {
    return { ...data, text: data.text.trim() }
  }
}
expectTypeOf(new Slugged({ repository: notes }).create({ text: 'a' })).toEqualTypeOf<Promise<Note>>()
// @ts-expect-error no field of the data
withSlug(CrudService<Note, NoteCreate, NoteUpdate>, { from: 'title' })
