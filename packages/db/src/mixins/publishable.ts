import type { Clock } from '@fastkit/contracts'
import type { Shape } from '../rewrite/shape.ts'
import { narrowed } from '../rewrite/where.ts'
import { viewOf } from './delegate-view.ts'

/** What a publishable model can do besides Prisma's own operations. Related rows are not narrowed. */
export interface PublishableMethods {
  /** The same model, of rows only whose moment has come. */
  published<T>(this: T): T
  /** The same model, of rows only that have no moment. */
  drafts<T>(this: T): T
  /** The same model, of rows only whose moment is still to come. */
  scheduled<T>(this: T): T
}

/** Which rows, by the moment since when they are published: those with none are drafts. */
export type Publication = 'published' | 'drafts' | 'scheduled'

/** The value of the field, in Prisma's words. */
export function publicationWhere(publication: Publication, now: Date): object | null {
  return { published: { lte: now }, drafts: null, scheduled: { gt: now } }[publication]
}

/** The same as a filter of ours. */
export function publicationFilter(field: string, publication: Publication, now: Date): object {
  switch (publication) {
    case 'published':
      return { [`${field}__lte`]: now }
    case 'drafts':
      return { [field]: null }
    case 'scheduled':
      return { [`${field}__gt`]: now }
  }
}

/** The methods as they run, for the `model` part of an extension. */
export function publishableMethods(field: string, clock: Clock): object {
  return { published: view('published'), drafts: view('drafts'), scheduled: view('scheduled') }

  function view(publication: Publication) {
    return function (this: object) {
      return viewOf(this, (args) => ({
        ...args,
        where: narrowed((args as Shape)['where'], {
          [field]: publicationWhere(publication, new Date(clock.now())),
        }),
      }))
    }
  }
}
