import { memoryRepository, memoryUnitOfWork } from '@fastkit/db/testing'
import { createSignal, transactional } from '@fastkit/events'
import { createCrudService } from '@fastkit/service'
import { compareAsync } from './compare.ts'

interface Note {
  id: number
  text: string
}
interface NoteCreate {
  text: string
}

// Answers at once: what is left is what the service costs.
const row: Note = { id: 1, text: 'a' }
const answer = async () => row
const repository = {
  get: answer,
  getOrFail: answer,
  first: answer,
  filter: async () => [row],
  count: async () => 1,
  exists: async () => true,
  create: answer,
  update: answer,
  delete: answer,
  paginate: async () => ({
    items: [row],
    page: 1,
    perPage: 20,
    total: 1,
    totalPages: 1,
    hasNext: false,
    hasPrev: false,
  }),
}
const input: NoteCreate = { text: 'a' }
const created = createSignal<Note>('note.created')
created.connect(() => {})

const bare = createCrudService({ repository })
const hooked = createCrudService({
  repository,
  hooks: {
    async beforeCreate(data: NoteCreate) {
      return data
    },
    async afterCreate(note: Note) {
      await created.send(note)
    },
  },
})

await compareAsync(
  'A create, over a repository that answers at once',
  {
    'the repository alone': () => repository.create(),
    'without hooks': () => bare.create(input),
    'two hooks and a signal': () => hooked.create(input),
  },
  { calls: 20_000 },
)

{
  const unitOfWork = memoryUnitOfWork()
  const notes = memoryRepository<Note, NoteCreate, Partial<NoteCreate>, { text?: string }>({
    fields: { id: 'Int', text: 'String' },
    unitOfWork,
  })
  // The same row again and again, so that none has more to save and to undo.
  const { id } = await notes.create(input)
  const later = transactional(created, unitOfWork)
  const service = createCrudService({
    repository: notes,
    unitOfWork,
    hooks: {
      async beforeUpdate(data: Partial<NoteCreate>) {
        return data
      },
      async afterUpdate(note: Note) {
        await later.send(note)
      },
    },
  })
  await compareAsync('An update in a transaction, over a repository in memory', {
    'by hand, without hooks': () => unitOfWork.run(() => notes.update(id, input)),
    'two hooks and a signal after the commit': () => service.update(id, input),
  })
}
