import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import { isPlainObject } from '../filter/json.ts'
import { comparison } from '../filter/parse-comparison.ts'
import { expected, fits } from '../filter/value.ts'
import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'

/** The columns that all rows of a repository share, with their values of the moment: `{ tenantId: 7 }`. */
export type Scope = Readonly<Record<string, unknown>>

/** Asks for the scope. A value that is missing must never come to mean "everybody's". @throws DbError `SCOPE_VALUE` */
export function scopeOf(model: ModelMetadata, scoped: (() => object) | undefined): Scope | undefined {
  if (!scoped) return undefined
  const scope: unknown = scoped()
  if (!isPlainObject(scope) || Object.keys(scope).length === 0) {
    throw refused(`The scope of ${model.name} is an object of columns and their values`)
  }
  for (const [name, value] of Object.entries(scope)) {
    const field = model.fields.get(name)
    if (!field || field.relation) throw refused(`The scope names "${name}", no column of ${model.name}`)
    if (value === null ? field.required : !fits(field, value, false)) {
      throw refused(`The scope of ${model.name} needs ${expected(field, false)} for "${name}"`)
    }
  }
  return scope
}

/** The scope as a condition. Values were checked before. */
export function scopeCondition({ fields }: ModelMetadata, scope: Scope): Condition {
  return {
    kind: 'all',
    of: Object.entries(scope).map(([name, value]) =>
      comparison({ field: fields.get(name) as FieldMetadata, lookup: 'eq', value, translated: false }),
    ),
  }
}

/** Whether rows of a model belong to a scope: they have all of its columns. */
export function isScoped({ fields }: ModelMetadata, scope: Scope): boolean {
  return Object.keys(scope).every((name) => fields.get(name)?.relation === undefined && fields.has(name))
}

function refused(message: string): DbError {
  return new DbError('SCOPE_VALUE', message)
}
