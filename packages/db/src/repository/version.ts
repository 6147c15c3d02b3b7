import { inTransaction } from '../context/transact.ts'
import { DbError } from '../errors.ts'
import { keysOf } from '../filter/find-by-keys.ts'
import { keyQuery } from '../filter/key-query.ts'
import { valuesOfKey, whereKey } from './key.ts'
import { rowsOf } from './source.ts'
import { conditionOf, notFound, reading, rowOrFail, type Target, writing } from './target.ts'

type Change = (target: Target, where: Record<string, unknown>) => Promise<object>

/**
 * Changes the row of a key, in the version it was read in if one is given. A statement more tells, where nothing was
 * changed, whether the row has gone or has moved on.
 *
 * @throws DbError `NOT_FOUND`, `VERSION_CONFLICT`, `FIELD_VALUE`
 */
export async function ofVersion(
  target: Target,
  key: unknown,
  version: number | undefined,
  change: Change,
): Promise<object> {
  const where = rowOrFail(target, key)
  if (version === undefined) return change(target, where)
  const field = versionField(target)
  if (!Number.isSafeInteger(version)) {
    throw new DbError('FIELD_VALUE', '"version" takes an integer', {
      params: { field: 'version', expected: 'an integer' },
    })
  }
  const changing = (on: Target) => change(on, { ...where, [field]: version })
  try {
    return await (target.source.metadata.provider === 'mysql'
      ? locked(target, { key, field, version }, changing)
      : changing(target))
  } catch (error) {
    if (!(error instanceof DbError) || error.code !== 'NOT_FOUND') throw error
    const row = await reading(target, (rows) => rows.findUnique({ where, select: { [field]: true } }))
    if (row === null) throw notFound(target)
    const { name } = target.source.model
    throw new DbError('VERSION_CONFLICT', `Another change to this ${name} came first`, {
      params: { model: name },
    })
  }
}

/** On MySQL Prisma looks for the row first and changes it then, whatever its version has become: so it is locked. */
function locked(
  target: Target,
  { key, field, version }: { readonly key: unknown; readonly field: string; readonly version: number },
  change: (target: Target) => Promise<object>,
): Promise<object> {
  const { metadata, model } = target.source
  const row = { ...valuesOfKey(model, whereKey(model, key) ?? {}), [field]: version }
  const query = keyQuery(metadata, rowsOf(target.source, conditionOf(target, row)))
  return writing(target, (_, client) =>
    inTransaction(client, async (tx) => {
      const found = await keysOf(tx, { ...query, sql: `${query.sql} for update` })
      if (found.length === 0) throw notFound(target)
      return change({ ...target, client: () => tx })
    }),
  )
}

function versionField({ source: { model }, mixins: { version } }: Target): string {
  if (version !== undefined) return version
  throw new DbError('MIXIN_CONFIG', `${model.name} was not declared with a version`)
}
