import { DbError } from '../../errors.ts'
import { addDecimals } from '../../filter/decimal.ts'
import { expected, fits } from '../../filter/value.ts'
import type { FieldMetadata, ModelMetadata } from '../../metadata/metadata.ts'
import { delegateOf } from '../../reading/source.ts'
import { lockRow } from '../lock-row.ts'
import { reading, translating, writing } from '../run.ts'
import { rowOrFail, selected, type Target, type UntypedSelection } from '../target.ts'
import { checkedChange } from '../write-rules.ts'

export async function increment(
  target: Target,
  key: unknown,
  amounts: Readonly<Record<string, unknown>>,
  selection?: UntypedSelection,
): Promise<object> {
  const { model, metadata } = target.source
  checkAmounts(model, amounts)
  const data = Object.entries(amounts).map(([name, amount]) => [name, { increment: amount }])
  const change = checkedChange(model, Object.fromEntries(data), target.rules)
  const where = rowOrFail(target, key)
  const decimals = Object.keys(amounts).filter((name) => model.fields.get(name)?.type === 'Decimal')
  if (metadata.provider === 'mysql' && decimals.length > 0)
    return exactly(target, key, { where, change, decimals, selection })
  if (metadata.provider === 'sqlite') return withinRange(target, { where, change, amounts, selection })
  return writing(target, (client) =>
    delegateOf(client, target.source).update({ where, data: change, ...selected(selection) }),
  )
}

function checkAmounts(model: ModelMetadata, amounts: Readonly<Record<string, unknown>>): void {
  for (const [name, amount] of Object.entries(amounts)) {
    const field = model.fields.get(name)
    const counts = field && numeric.includes(field.type) && !field.list
    if (counts && fits(field, amount, false)) continue
    const what = counts ? expected(field, false) : 'nothing that can be added to'
    throw new DbError('FIELD_VALUE', `"${name}" of ${model.name} takes ${what}`, {
      params: { field: name, expected: what },
      issues: [{ path: [name], code: 'TYPE', message: `Must be ${what}`, params: { expected: what } }],
    })
  }
}

const numeric: readonly string[] = ['Int', 'BigInt', 'Float', 'Decimal']

interface Incrementing {
  readonly where: Record<string, unknown>
  readonly change: Readonly<Record<string, unknown>>
  readonly selection: UntypedSelection | undefined
}

/** MySQL adds to decimals by floating-point numbers: they are read, added to and written while the row is locked. */
function exactly(
  target: Target,
  key: unknown,
  { where, change, decimals, selection }: Incrementing & { readonly decimals: readonly string[] },
): Promise<object> {
  return lockRow(target, { key }, async (on) => {
    const select = Object.fromEntries(decimals.map((name) => [name, true]))
    return writing(on, async (client) => {
      const rows = delegateOf(client, on.source)
      const row = (await rows.findUnique({ where, select })) as Readonly<Record<string, unknown>>
      const sums = decimals.map((name) => {
        const { increment: by } = change[name] as { increment: unknown }
        return [name, row[name] === null ? null : addDecimals(row[name], by)]
      })
      return rows.update({ where, data: { ...change, ...Object.fromEntries(sums) }, ...selected(selection) })
    })
  })
}

/** SQLite stores what is too large for a column: it must not come to that. */
async function withinRange(
  target: Target,
  {
    where,
    change,
    amounts,
    selection,
  }: Incrementing & { readonly amounts: Readonly<Record<string, unknown>> },
): Promise<object> {
  const { model } = target.source
  const limits = Object.entries(amounts).flatMap(([name, amount]) =>
    limitOf(model.fields.get(name) as FieldMetadata, amount),
  )
  try {
    const narrowed = { ...where, AND: [...[where['AND'] ?? []].flat(), ...limits] }
    return await translating(target, () =>
      writing(target, (client) =>
        delegateOf(client, target.source).update({ where: narrowed, data: change, ...selected(selection) }),
      ),
    )
  } catch (error) {
    if (!(error instanceof DbError) || error.code !== 'NOT_FOUND' || limits.length === 0) throw error
    const row = await reading(target, (client) => delegateOf(client, target.source).findUnique({ where }))
    if (row === null) throw error
    const fields = Object.keys(amounts)
    throw new DbError('VALUE_OUT_OF_RANGE', `${model.name} cannot hold so large ${fields.join(', ')}`, {
      params: { model: model.name, fields },
    })
  }
}

/** What the column may hold so that the sum still fits. */
function limitOf({ name, type, required }: FieldMetadata, amount: unknown): object[] {
  if (type !== 'Int' && type !== 'BigInt') return []
  const by = BigInt(amount as number)
  const most = type === 'Int' ? 2n ** 31n - 1n : 2n ** 63n - 1n
  const limit = by >= 0n ? most - by : -most - 1n - by
  const value = type === 'Int' ? Number(limit) : limit
  const fits = { [name]: by >= 0n ? { lte: value } : { gte: value } }
  return [required ? fits : { OR: [fits, { [name]: null }] }]
}
