import { createRepository, mixins } from '@fastkit/db'
import { CrudService, createCrudService } from '@fastkit/service'
import { expectTypeOf } from 'vitest'
import type { PrismaClient } from '../generated/sqlite/client.ts'

declare const base: PrismaClient
const prisma = base.$extends(mixins({ note: { version: true } }))

interface Note {
  id: number
  title: string
  version: number
}
class NoteService extends CrudService<Note, { title: string }, { title?: string }> {}

// A repository is what a service takes, whether or not its rows are deleted softly.
const notes = new NoteService({ repository: createRepository(prisma, 'note') })
expectTypeOf(notes.restore(1)).toEqualTypeOf<Promise<Note>>()
const clients = createCrudService({ repository: createRepository(prisma, 'client') })
expectTypeOf(clients.getOrFail(1)).resolves.toHaveProperty('city')
