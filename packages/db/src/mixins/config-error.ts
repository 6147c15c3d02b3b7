import { DbError } from '../errors.ts'

/** @throws DbError `MIXIN_CONFIG` for anything but an object that has these names and no other */
export function requireNames(what: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null) throw wrong(`${what} must be an object`)
  const stranger = Object.keys(given).find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw wrong(`there is no "${stranger}" among the ${what}; there are: ${known.join(', ')}`)
}

export function wrong(what: string): DbError {
  return new DbError('MIXIN_CONFIG', `mixins: ${what}`)
}
