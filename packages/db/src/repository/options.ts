import { DbError } from '../errors.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'

/** The options of a repository without their types. */
export interface Options {
  readonly maxPerPage?: number
  readonly cursorSecret?: string
  readonly writable?: { readonly create?: readonly string[]; readonly update?: readonly string[] }
  readonly nestedWrites?: readonly string[]
  readonly scoped?: () => object
}

/** Says what the types say to those who come without, and what they cannot. @throws DbError `REPOSITORY_OPTIONS` */
export function checkOptions(model: ModelMetadata, options: Options): void {
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
