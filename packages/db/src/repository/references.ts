import { DbError } from '../errors.ts'
import { whereKeys } from '../filter/find-by-keys.ts'
import { isPlainObject } from '../filter/json.ts'
import type { FieldMetadata, ModelMetadata, RelationMetadata } from '../metadata/metadata.ts'
import { isScoped, type Scope } from './scope.ts'
import { delegateOf, type Source } from './source.ts'

/**
 * Refuses foreign keys, written as plain values, that lead out of the scope: what they name would show up wherever the
 * relation is included. One statement for each such relation; those to models without the scope's columns are free.
 *
 * @throws DbError `FOREIGN_KEY_VIOLATION`, as for a row that is not there at all
 */
export async function checkReferences(
  client: object,
  source: Source,
  { data, scope }: { readonly data: readonly object[]; readonly scope: Scope },
): Promise<void> {
  const { metadata, model } = source
  for (const { name, relation } of model.fields.values()) {
    if (!relation?.ownsKey) continue
    const target = metadata.models.get(relation.target) as ModelMetadata
    if (!isScoped(target, scope)) continue
    const keys = keysOf(data, { relation, target, scope, model })
    if (keys.length === 0) continue
    const rows = delegateOf(client, { ...source, model: target, visible: 'live' })
    let found = 0
    for (const where of whereKeys({ ...target, key: relation.to }, keys)) {
      found += await rows.count({ where: { AND: [where, scope] } })
    }
    if (found < keys.length) throw leadsOut(model, name, relation)
  }
}

interface Reference {
  readonly model: ModelMetadata
  readonly relation: RelationMetadata
  readonly target: ModelMetadata
  readonly scope: Scope
}

/** The keys of the target that data names, each once. */
function keysOf(data: readonly object[], reference: Reference): Record<string, unknown>[] {
  const keys = new Map<string, Record<string, unknown>>()
  for (const row of data as readonly Record<string, unknown>[]) {
    const key = keyOf(row, reference)
    if (key) keys.set(JSON.stringify(Object.values(key).map(String)), key)
  }
  return [...keys.values()]
}

function keyOf(
  row: Readonly<Record<string, unknown>>,
  { model, relation, scope }: Reference,
): Record<string, unknown> | undefined {
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
