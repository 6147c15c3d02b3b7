import { inSavepoint } from '../../context/transactions.ts'
import { errorModelOf } from '../../database-errors/error-model-of.ts'
import { translateDatabaseError } from '../../database-errors/translate-database-error.ts'
import type { Delegate } from '../../delegate.ts'
import { DbError } from '../../errors.ts'
import { checking, delegateOf } from '../../reading/source.ts'
import { valuesOfKey, whereKey } from '../key.ts'
import { writing } from '../run.ts'
import { rowOf, selected, type Target, type UntypedSelection } from '../target.ts'
import { checkedChange, checkedRow } from '../write-rules.ts'

export async function upsert(
  target: Target,
  key: unknown,
  { create, update }: { readonly create: object; readonly update: object },
  selection?: UntypedSelection,
): Promise<object> {
  const { where, own, row } = newRow(target, key, create)
  const data = checkedChange(target.source.model, update, target.rules)
  return writing(target, async (client) => {
    const write = (on: object) => {
      const rows = delegateOf(on, target.source)
      const args = checking(target.source, { where, ...selected(selection) }) as { readonly where: object }
      // With a condition beside the key, Prisma answers null for a row that has the key and does not match.
      return target.source.scope || target.publication
        ? updateOrCreate(rows, args, { create: row, update: data })
        : rows.upsert({ ...args, create: row, update: data })
    }
    try {
      return await inSavepoint(client, write)
    } catch (error) {
      // Another created the row in between. It is there now.
      if (isTaken(target, error, own)) return inSavepoint(client, write)
      throw error
    }
  })
}

async function updateOrCreate(
  rows: Delegate,
  { where, ...selection }: { readonly where: object },
  { create, update }: { readonly create: object; readonly update: object },
): Promise<object> {
  try {
    return await rows.update({ where, data: update, ...selection })
  } catch (error) {
    const translated = translateDatabaseError(error)
    if (!(translated instanceof DbError) || translated.code !== 'NOT_FOUND') throw error
    return rows.create({ data: create, ...selection })
  }
}

export async function getOrCreate(
  target: Target,
  key: unknown,
  create: object,
  selection?: UntypedSelection,
): Promise<{ row: object; created: boolean }> {
  const { where, own, row } = newRow(target, key, create)
  return writing(target, async (client) => {
    const find = () => delegateOf(client, target.source).findUnique({ where, ...selected(selection) })
    const found = await find()
    if (found !== null) return { row: found, created: false }
    try {
      const write = (tx: object) =>
        delegateOf(tx, target.source).create(checking(target.source, { data: row, ...selected(selection) }))
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
  const { source, rules } = target
  const { model, scope } = source
  const where = whereKey(model, key)
  if (where === undefined) throw new DbError('FIELD_VALUE', `No ${model.name} can have this key`)
  const values = valuesOfKey(model, where)
  const given: Readonly<Record<string, unknown>> = { ...data, ...scope }
  for (const [name, value] of Object.entries(values)) {
    if (given[name] === undefined || same(given[name], value)) continue
    throw new DbError('FIELD_VALUE', `"${name}" of ${model.name} is not the one it is asked for by`, {
      params: { field: name, expected: 'the value in the key' },
    })
  }
  const own = Object.entries(values).filter(([name]) => !scope || !(name in scope))
  const row = { ...checkedRow(model, data, rules), ...Object.fromEntries(own) }
  return { where: rowOf(target, key) ?? where, own: Object.keys(values), row }
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
