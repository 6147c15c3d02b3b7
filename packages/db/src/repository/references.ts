import { DbError } from '../errors.ts'
import { whereKeys } from '../filter/find-by-keys.ts'
import { isPlainObject } from '../filter/json.ts'
import { type Scope, scopeFields } from '../filter/scope.ts'
import type { FieldMetadata, Metadata, ModelMetadata, RelationMetadata } from '../metadata/metadata.ts'
import type { Shape } from '../rewrite/shape.ts'
import type { Delegate } from './delegate.ts'
import type { Written } from './scoping.ts'

/**
 * Refuses foreign keys, written as plain values, that lead out of a scope: what they name would show up wherever the
 * relation is included. One statement for each such relation, and every further 500 keys; those to models without the
 * scope's columns are free.
 *
 * @throws DbError `FOREIGN_KEY_VIOLATION`, as for a row that is not there at all
 */
export async function checkReferences(
  client: object,
  metadata: Metadata,
  { written, scope }: { readonly written: readonly Written[]; readonly scope: Scope },
): Promise<void> {
  for (const { model, name, relation, target, keys } of referencesOf(metadata, written, scope)) {
    const rows = (client as Record<string, Delegate>)[target.delegate] as Delegate
    let found = 0
    for (const where of whereKeys({ ...target, key: relation.to }, keys)) {
      found += await rows.count({ where: { AND: [where, scope] } })
    }
    if (found < keys.length) throw leadsOut(model, name, relation)
  }
}

interface Reference {
  readonly model: ModelMetadata
  /** The relation's field. */
  readonly name: string
  readonly relation: RelationMetadata
  readonly target: ModelMetadata
  /** What data names of it, each key once. */
  readonly keys: readonly Shape[]
}

function referencesOf(metadata: Metadata, written: readonly Written[], scope: Scope): Reference[] {
  return [...new Set(written.map(({ model }) => model))].flatMap((model) => {
    const rows = written.filter((row) => row.model === model)
    return [...model.fields.values()].flatMap(({ name, relation }) => {
      const target = relation?.ownsKey && metadata.models.get(relation.target)
      if (!target || scopeFields(target, scope).length === 0) return []
      const keys = new Map<string, Shape>()
      for (const { data } of rows) {
        const key = keyOf(data, { model, relation, scope })
        if (key) keys.set(JSON.stringify(Object.values(key).map(String)), key)
      }
      return keys.size === 0 ? [] : [{ model, name, relation, target, keys: [...keys.values()] }]
    })
  })
}

/** The key of the related row that data names, if it names one. */
function keyOf(
  row: Shape,
  { model, relation, scope }: { model: ModelMetadata; relation: RelationMetadata; scope: Scope },
): Shape | undefined {
  const { from, to } = relation
  if (!from.some((name) => row[name] !== undefined)) return undefined
  const values = from.map((name) =>
    plainValue(model.fields.get(name) as FieldMetadata, row[name] ?? scope[name]),
  )
  return values.includes(null) ? undefined : Object.fromEntries(to.map((name, at) => [name, values[at]]))
}

function plainValue({ model, name }: FieldMetadata, value: unknown): unknown {
  const plain = isPlainObject(value) && 'set' in value ? value['set'] : value
  if (plain !== undefined && !isPlainObject(plain)) return plain
  throw new DbError(
    'FIELD_VALUE',
    `"${name}" of ${model} is a foreign key within a scope: write a plain value, and all columns of the key`,
    { params: { field: name, expected: 'a plain value' } },
  )
}

function leadsOut(model: ModelMetadata, relation: string, { from }: RelationMetadata): DbError {
  return new DbError('FOREIGN_KEY_VIOLATION', `"${relation}" of ${model.name} is not there`, {
    params: { model: model.name, fields: from },
  })
}
