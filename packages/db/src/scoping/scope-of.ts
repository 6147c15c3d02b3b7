import { DbError } from '../errors.ts'
import { isPlainObject } from '../filter/json.ts'
import type { Scope } from '../filter/scope.ts'
import { expected, fits } from '../filter/value.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'

/** Asks for the scope. A value that is missing must never come to mean "everybody's". @throws DbError `SCOPE_VALUE` */
export function scopeOf(model: ModelMetadata, scoped: (() => object) | undefined): Scope | undefined {
  if (!scoped) return undefined
  const scope: unknown = scoped()
  if (!isPlainObject(scope) || Object.keys(scope).length === 0) {
    throw refused(`The scope of ${model.name} is an object of columns and their values`)
  }
  const entries = Object.entries(scope).map(([name, value]): [string, unknown] => {
    const field = model.fields.get(name)
    if (!field || field.relation) throw refused(`The scope names "${name}", no column of ${model.name}`)
    if (!exact.includes(field.type) && field.kind !== 'enum') {
      throw refused(`"${name}" of ${model.name} is no scope: its values have more than one spelling`)
    }
    if (value === null ? field.required : !fits(field, value, false)) {
      throw refused(`The scope of ${model.name} needs ${expected(field, false)} for "${name}"`)
    }
    return [name, field.type === 'BigInt' && value !== null ? BigInt(value as number) : value]
  })
  return Object.fromEntries(entries)
}

/** Types whose values are equal in JavaScript when they are in the database. */
const exact: readonly string[] = ['String', 'Int', 'BigInt', 'Boolean', 'DateTime']

function refused(message: string): DbError {
  return new DbError('SCOPE_VALUE', message)
}
