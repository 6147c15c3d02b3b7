import { DbError } from '../errors.ts'
import { delegateOf } from '../reading/source.ts'
import { lockRow } from './lock-row.ts'
import { reading, translating } from './run.ts'
import { notFound, rowOrFail, type Target } from './target.ts'

/** The column is an Int. */
const maxInt = 2 ** 31 - 1

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
    if (Math.abs(version) > maxInt) throw notFound(target) // no row has it, and databases refuse to compare with it
    return await translating(target, () =>
      target.source.metadata.provider === 'mysql'
        ? lockRow(target, { key, also: { [field]: version } }, changing)
        : changing(target),
    )
  } catch (error) {
    if (!(error instanceof DbError) || error.code !== 'NOT_FOUND') throw error
    const row = await reading(target, (client) =>
      delegateOf(client, target.source).findUnique({ where, select: { [field]: true } }),
    )
    if (row === null) throw notFound(target)
    const { name } = target.source.model
    throw new DbError('VERSION_CONFLICT', `Another change to this ${name} came first`, {
      params: { model: name },
    })
  }
}

function versionField({ source: { model }, mixins: { version } }: Target): string {
  if (version !== undefined) return version
  throw new DbError('MIXIN_CONFIG', `${model.name} was not declared with a version`)
}
