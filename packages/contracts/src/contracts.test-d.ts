import { pino } from 'pino'
import { expectTypeOf } from 'vitest'
import type { Logger, Page, PageRequest, Repository } from './index.ts'

// A pino logger is a Logger, without an adapter.
expectTypeOf(pino()).toExtend<Logger>()

// `Date` is a Clock: `const clock: Clock = Date`.
expectTypeOf(Date).toExtend<import('./clock.ts').Clock>()

interface Note {
  id: number
  text: string
}

// A fake over a Map is a Repository, and needs nothing beyond the ten verbs.
declare const fake: {
  get(key: number): Promise<Note | null>
  getOrFail(key: number): Promise<Note>
  first(filter?: { text?: string }): Promise<Note | null>
  filter(filter: { text?: string }): Promise<Note[]>
  count(filter?: { text?: string }): Promise<number>
  exists(filter?: { text?: string }): Promise<boolean>
  create(data: { text: string }): Promise<Note>
  update(key: number, data: { text?: string }): Promise<Note>
  delete(key: number): Promise<Note>
  paginate(request?: PageRequest<{ text?: string }>): Promise<Page<Note>>
}
expectTypeOf(fake).toExtend<
  Repository<Note, { text: string }, { text?: string }, { text?: string }, number>
>()

// A repository of other rows is not.
expectTypeOf(fake).not.toExtend<Repository<{ id: string }, { text: string }, object, object, number>>()
