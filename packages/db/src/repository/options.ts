import { DbError } from '../errors.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'
import type { Relation, Scalars } from './data-types.ts'

/** How a repository behaves, and what may be written through it. */
export interface RepositoryOptions<C, M extends keyof C> {
  /** The most rows a page may hold, from 1. @default 100 */
  readonly maxPerPage?: number
  /** Signs cursors, so that clients cannot make their own. Not empty. @default they can */
  readonly cursorSecret?: string
  /** The columns that a new row, or a change, may name; an empty list names none. @default all but those of mixins */
  readonly writable?: {
    readonly create?: readonly (keyof Scalars<C, M>)[]
    readonly update?: readonly (keyof Scalars<C, M>)[]
  }
  /** The relations that data may write through, `{ items: { create: [...] } }`. @default none */
  readonly nestedWrites?: readonly Relation<C, M>[]
  /**
   * The columns all rows of this repository share, with their values of the moment: `() => ({ tenantId: tenant() })`.
   * Asked for on every call. Rows of others are neither seen nor touched, new rows get the values, foreign keys must
   * lead to rows that share them where their models have the columns, and cursors belong to them.
   */
  readonly scoped?: () => Partial<Scalars<C, M>>
}

/** The options of a repository without their types. */
export interface UntypedOptions {
  readonly maxPerPage?: number
  readonly cursorSecret?: string
  readonly writable?: { readonly create?: readonly string[]; readonly update?: readonly string[] }
  readonly nestedWrites?: readonly string[]
  readonly scoped?: () => object
}

/** Says what the types say to those who come without, and what they cannot. @throws DbError `REPOSITORY_OPTIONS` */
export function checkOptions(model: ModelMetadata, options: UntypedOptions): void {
  const { maxPerPage = 1, cursorSecret, writable = {}, nestedWrites = [], scoped } = options
  requireKnown('option', options, ['maxPerPage', 'cursorSecret', 'writable', 'nestedWrites', 'scoped'])
  requireKnown('list in "writable"', writable, ['create', 'update'])
  if (!Number.isSafeInteger(maxPerPage) || maxPerPage < 1) throw wrong('"maxPerPage" is an integer from 1')
  if (cursorSecret === '') throw wrong('"cursorSecret" is empty: leave it out, or give a secret')
  if (scoped !== undefined && typeof scoped !== 'function') {
    throw wrong('"scoped" is a function that returns the columns all rows share')
  }
  for (const name of [...(writable.create ?? []), ...(writable.update ?? [])]) {
    const kind = model.fields.get(name)?.kind
    if (kind !== 'scalar' && kind !== 'enum')
      throw wrong(`"writable" names "${name}", no column of ${model.name}`)
  }
  for (const name of nestedWrites) {
    if (!model.fields.get(name)?.relation) {
      throw wrong(`"nestedWrites" names "${name}", no relation of ${model.name}`)
    }
  }
}

function requireKnown(what: string, given: object, known: readonly string[]): void {
  const stranger = Object.keys(given).find((name) => !known.includes(name))
  if (stranger !== undefined) throw wrong(`there is no ${what} "${stranger}"; there are: ${known.join(', ')}`)
}

function wrong(what: string): DbError {
  return new DbError('REPOSITORY_OPTIONS', `createRepository: ${what}`)
}
