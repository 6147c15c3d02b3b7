import type { SyncRepository, SyncUnitOfWork } from '@fastkit/contracts'
import { ServiceError } from '../src/errors.ts'
import type { Note, NoteCreate, NoteUpdate } from './fake-repository.ts'

/** A repository over a Map, and its unit of work, that undoes all of it. Both write down their calls. */
export function fakeSyncRepository(calls: string[]) {
  let rows = new Map<number, Note>()
  let effects: (() => void)[] | undefined
  const reported: unknown[] = []
  const matching = (filter: Partial<Note> = {}) =>
    [...rows.values()].filter(({ text }) => filter.text === undefined || filter.text === text)
  const getOrFail = (key: number) => {
    const row = rows.get(key)
    if (row) return row
    throw new ServiceError('NOT_FOUND', 'There is no such Note', { kind: 'not_found' })
  }
  const save = (note: Note) => {
    rows.set(note.id, note)
    return note
  }

  const repository: SyncRepository<Note, NoteCreate, NoteUpdate, Partial<Note>, number> = {
    get: (key) => rows.get(key) ?? null,
    getOrFail(key) {
      calls.push('getOrFail')
      return getOrFail(key)
    },
    first: (filter) => matching(filter)[0] ?? null,
    filter: (filter, options) => matching(filter).slice(0, options?.limit),
    count: (filter) => matching(filter).length,
    exists: (filter) => matching(filter).length > 0,
    create(data) {
      calls.push('create')
      return save({ id: rows.size + 1, ...data })
    },
    update(key, data) {
      calls.push('update')
      return save({ ...getOrFail(key), ...data })
    },
    delete(key) {
      calls.push('delete')
      const row = getOrFail(key)
      rows.delete(key)
      return row
    },
    paginate: () => ({
      items: matching(),
      page: 1,
      perPage: 20,
      total: rows.size,
      totalPages: 1,
      hasNext: false,
      hasPrev: false,
    }),
  }

  const unitOfWork: SyncUnitOfWork = {
    active: () => effects !== undefined,
    run(fn) {
      if (effects) return fn()
      const [before, queued] = [new Map(rows), [] as (() => void)[]]
      effects = queued
      calls.push('begin')
      try {
        const result = fn()
        calls.push('commit')
        effects = undefined
        for (const effect of queued) settle(effect)
        return result
      } catch (error) {
        rows = before
        calls.push('rollback')
        throw error
      } finally {
        effects = undefined
      }
    },
    savepoint: (fn) => fn(),
    afterCommit(effect) {
      if (effects) effects.push(effect)
      else settle(effect)
    },
  }
  return { repository, unitOfWork, reported }

  function settle(effect: () => void): void {
    try {
      effect()
    } catch (error) {
      reported.push(error)
    }
  }
}
