import type { Repository, SoftDeleteVerbs, UnitOfWork } from '@fastkit/contracts'
import { createRepository, createUnitOfWork, mixins } from '@fastkit/db'
import { memoryRepository, memoryUnitOfWork } from '@fastkit/db/testing'
import type { ServiceRepository } from '@fastkit/service'
import { type Client, openDatabase, providers } from './databases.ts'

export interface Note {
  id: number
  text: string
  slug: string | null
  requestId: string | null
  status: string
  version: number
  deletedAt: Date | null
}
export interface NoteCreate {
  text: string
  slug?: string
  requestId?: string
  status?: string
}
export type NoteUpdate = Partial<NoteCreate>
export interface NoteFilter {
  text?: string
  text__startswith?: string
  status?: string
}
export type Notes = ServiceRepository<Note, NoteCreate, NoteUpdate, NoteFilter, number> &
  Partial<SoftDeleteVerbs<Note, number>>
export interface Log {
  id: number
  text: string
}
export type Logs = Repository<Log, { text: string }, { text?: string }, { text?: string }, number>

/** Everything that changes when the database does. */
export interface World {
  readonly notes: Notes
  readonly logs: Logs
  readonly unitOfWork: UnitOfWork
  /** What the unit of work heard of effects that failed. */
  readonly reported: readonly unknown[]
}

export interface OpenWorld extends World {
  /** Removes all rows, those deleted softly as well. */
  clear(): Promise<void>
  drop(): Promise<void>
}

export const worlds: readonly (readonly [name: string, open: () => Promise<OpenWorld>])[] = [
  ['memory', memoryWorld],
  ...providers.map(
    (provider) =>
      [
        provider,
        async () => {
          const database = await openDatabase(provider)
          const client = database.client()
          const clear = async () => {
            await client.note.deleteMany()
            await client.log.deleteMany()
          }
          return { ...worldOf(client), clear, drop: database.drop }
        },
      ] as const,
  ),
]

/** The world over a Prisma client. */
export function worldOf(client: Client): World {
  const reported: unknown[] = []
  const prisma = client.$extends(mixins({ note: { softDelete: true, version: true } }))
  const unitOfWork = createUnitOfWork(prisma, { onEffectError: (error) => void reported.push(error) })
  return {
    notes: createRepository(unitOfWork, 'note'),
    logs: createRepository(unitOfWork, 'log'),
    unitOfWork,
    reported,
  }
}

async function memoryWorld(): Promise<OpenWorld> {
  const reported: unknown[] = []
  const unitOfWork = memoryUnitOfWork({ onEffectError: (error) => void reported.push(error) })
  const notes = memoryRepository<Note, NoteCreate, NoteUpdate, NoteFilter>({
    model: 'Note',
    fields: {
      id: 'Int',
      text: 'String',
      slug: 'String?',
      requestId: 'String?',
      status: 'String',
      version: 'Int',
      deletedAt: 'DateTime?',
    },
    unique: ['slug', 'requestId'],
    defaults: { status: 'open' },
    softDelete: 'deletedAt',
    version: 'version',
    unitOfWork,
  })
  const logs = memoryRepository<Log, { text: string }, { text?: string }, { text?: string }>({
    model: 'Log',
    fields: { id: 'Int', text: 'String' },
    unitOfWork,
  })
  return {
    notes,
    logs,
    unitOfWork,
    reported,
    async clear() {
      for (const { id } of await notes.withDeleted().filter({})) await notes.forceDelete(id)
      for (const { id } of await logs.filter({})) await logs.delete(id)
    },
    async drop() {},
  }
}
