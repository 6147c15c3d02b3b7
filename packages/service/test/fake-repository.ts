import type { BulkOptions, ListOptions, Page, PageRequest, VersionOptions } from '@fastkit/contracts'
import { ServiceError } from '../src/errors.ts'

export interface Note {
  id: number
  text: string
}
export interface NoteCreate {
  text: string
}
export interface NoteUpdate {
  text?: string
}
type NoteFilter = { text?: string }

/** A repository over a Map, written by hand, that writes down its calls. */
export function fakeRepository(calls: [string, ...unknown[]][]) {
  const live = new Map<number, Note>()
  const deleted = new Map<number, Note>()
  const matching = ({ text }: NoteFilter = {}) =>
    [...live.values()].filter((note) => text === undefined || note.text === text)
  const find = (rows: Map<number, Note>, key: number): Note => {
    const note = rows.get(key)
    if (!note) throw new ServiceError('NOT_FOUND', 'There is no such Note', { kind: 'not_found' })
    return note
  }

  return {
    seed(note: Note): void {
      live.set(note.id, note)
    },
    async get(key: number): Promise<Note | null> {
      calls.push(['get', key])
      return live.get(key) ?? null
    },
    async getOrFail(key: number): Promise<Note> {
      calls.push(['getOrFail', key])
      return find(live, key)
    },
    async first(filter?: NoteFilter): Promise<Note | null> {
      calls.push(['first', filter])
      return matching(filter)[0] ?? null
    },
    async filter(filter: NoteFilter, options?: ListOptions): Promise<Note[]> {
      calls.push(['filter', filter, options])
      return matching(filter).slice(0, options?.limit)
    },
    async count(filter?: NoteFilter): Promise<number> {
      calls.push(['count', filter])
      return matching(filter).length
    },
    async exists(filter?: NoteFilter): Promise<boolean> {
      calls.push(['exists', filter])
      return matching(filter).length > 0
    },
    async create(data: NoteCreate): Promise<Note> {
      calls.push(['create', data])
      const note = { id: live.size + 1, ...data }
      live.set(note.id, note)
      return note
    },
    async update(key: number, data: NoteUpdate, options?: VersionOptions): Promise<Note> {
      calls.push(['update', key, data, ...(options ? [options] : [])])
      const note = { ...find(live, key), ...data }
      live.set(key, note)
      return note
    },
    async delete(key: number): Promise<Note> {
      calls.push(['delete', key])
      const note = find(live, key)
      live.delete(key)
      deleted.set(key, note)
      return note
    },
    async createMany(list: readonly NoteCreate[]): Promise<number> {
      calls.push(['createMany', list])
      for (const data of list) live.set(live.size + 1, { id: live.size + 1, ...data })
      return list.length
    },
    async updateMany(filter: NoteFilter, data: NoteUpdate, options?: BulkOptions): Promise<number> {
      calls.push(['updateMany', filter, data, ...(options ? [options] : [])])
      const found = matching(filter)
      for (const note of found) live.set(note.id, { ...note, ...data })
      return found.length
    },
    async deleteMany(filter: NoteFilter, options?: BulkOptions): Promise<number> {
      calls.push(['deleteMany', filter, ...(options ? [options] : [])])
      const found = matching(filter)
      for (const note of found) live.delete(note.id)
      return found.length
    },
    async restore(key: number): Promise<Note> {
      calls.push(['restore', key])
      const note = find(deleted, key)
      deleted.delete(key)
      live.set(key, note)
      return note
    },
    async paginate(request?: PageRequest<NoteFilter>): Promise<Page<Note>> {
      calls.push(['paginate', request])
      const items = matching(request?.filter)
      return {
        items,
        page: 1,
        perPage: 20,
        total: items.length,
        totalPages: 1,
        hasNext: false,
        hasPrev: false,
      }
    },
  }
}
