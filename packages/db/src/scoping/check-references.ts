import type { Delegate } from '../delegate.ts'
import { DbError } from '../errors.ts'
import { whereKeys } from '../filter/find-by-keys.ts'
import type { Scope } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import type { Pointer } from '../rewrite/graph.ts'

/**
 * Refuses foreign keys, written as plain values, that lead out of a scope: what they name would show up wherever the
 * relation is included. One statement for each foreign key that is written, and every further 500 values of it; those to
 * models without the scope's columns are free.
 *
 * @throws DbError `FOREIGN_KEY_VIOLATION`, as for a row that is not there at all
 */
export async function checkReferences(
  client: object,
  { models }: Metadata,
  { pointers, scope }: { readonly pointers: readonly Pointer[]; readonly scope: Scope },
): Promise<void> {
  for (const [{ model: owner, target, fields, row }, keys] of byForeignKey(pointers)) {
    const model = models.get(target) as ModelMetadata
    const rows = (client as Record<string, Delegate>)[model.delegate] as Delegate
    let found = 0
    for (const where of whereKeys({ ...model, key: Object.keys(row) }, keys)) {
      found += await rows.count({ where: { AND: [where, scope] } })
    }
    if (found === keys.length) continue
    throw new DbError('FOREIGN_KEY_VIOLATION', `${fields.join(', ')} leads to no ${target} there is`, {
      params: { model: owner, fields },
    })
  }
}

/** What each foreign key is to be, every value once. */
function byForeignKey(pointers: readonly Pointer[]): [Pointer, Pointer['row'][]][] {
  const groups = new Map<string, { first: Pointer; rows: Map<string, Pointer['row']> }>()
  for (const pointer of pointers) {
    const { model, fields, row } = pointer
    const name = JSON.stringify([model, fields, Object.keys(row)])
    const group = groups.get(name) ?? { first: pointer, rows: new Map() }
    group.rows.set(JSON.stringify(Object.values(row).map(String)), row)
    groups.set(name, group)
  }
  return [...groups.values()].map(({ first, rows }) => [first, [...rows.values()]])
}
