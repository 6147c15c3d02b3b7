import { inSavepoint } from '../../context/transact.ts'
import { translateDatabaseError } from '../../database-errors/translate-database-error.ts'
import { DbError } from '../../errors.ts'
import { errorModelOf } from '../error-model.ts'
import { valuesOfKey, whereKey } from '../key.ts'
import { delegateOf } from '../source.ts'
import { checkChange, checkScope, newRows } from '../stamp.ts'
import { currentScope, run, type Selecting, selected, type Target } from '../target.ts'

export async function upsert(
  target: Target,
  key: unknown,
  { create, update }: { readonly create: object; readonly update: object },
  selection?: Selecting,
): Promise<object> {
  const { where, own, row } = newRow(target, key, create)
  checkChange(target, update)
  return run(target, async (_, client) => {
    await checkScope(target, client, [row, update])
    const write = (tx: object) =>
      delegateOf(tx, target.source).upsert({ where, create: row, update, ...selected(selection) })
    try {
      return await inSavepoint(client, write)
    } catch (error) {
      // Another created the row in between. It is there now.
      if (isTaken(target, error, own)) return write(client)
      throw error
    }
  })
}

export async function getOrCreate(
  target: Target,
  key: unknown,
  create: object,
  selection?: Selecting,
): Promise<{ row: object; created: boolean }> {
  const { where, own, row } = newRow(target, key, create)
  return run(target, async (delegate, client) => {
    const find = () => delegate.findUnique({ where, ...selected(selection) })
    const found = await find()
    if (found !== null) return { row: found, created: false }
    await checkScope(target, client, [row])
    try {
      const write = (tx: object) =>
        delegateOf(tx, target.source).create({ data: row, ...selected(selection) })
      return { row: await inSavepoint(client, write), created: true }
    } catch (error) {
      const other = isTaken(target, error, own) ? await find() : null
      if (other === null) throw error
      return { row: other, created: false }
    }
  })
}

interface NewRow {
  readonly where: object
  /** The columns of the key. */
  readonly own: readonly string[]
  readonly row: object
}

/** The row to create carries the key it is asked for by, or the next call would not find it. */
function newRow(target: Target, key: unknown, data: object): NewRow {
  const { model } = target.source
  const where = whereKey(model, key)
  if (where === undefined) throw new DbError('FIELD_VALUE', `No ${model.name} can have this key`)
  const values = valuesOfKey(model, where)
  const given = data as Readonly<Record<string, unknown>>
  const other = Object.keys(values).find(
    (name) => given[name] !== undefined && !same(given[name], values[name]),
  )
  if (other !== undefined) {
    throw new DbError('FIELD_VALUE', `"${other}" of ${model.name} is not the one it is asked for by`, {
      params: { field: other, expected: 'the value in the key' },
    })
  }
  const scope = currentScope(target)
  const missing = Object.entries(values).filter(([name]) => scope?.[name] === undefined)
  const [row] = newRows(target, [{ ...data, ...Object.fromEntries(missing) }])
  return { where: { ...where, ...scope }, own: Object.keys(values), row: row as object }
}

function same(left: unknown, right: unknown): boolean {
  return left instanceof Date ? left.getTime() === Number(right) : String(left) === String(right)
}

/** Whether another row has the very key, and not some other unique value, already. */
function isTaken({ source: { model } }: Target, error: unknown, own: readonly string[]): boolean {
  const translated = translateDatabaseError(error, errorModelOf(model))
  if (!(translated instanceof DbError) || translated.code !== 'UNIQUE_VIOLATION') return false
  const { fields } = translated.params as { fields: readonly string[] }
  return fields.length === own.length && fields.every((name) => own.includes(name))
}
