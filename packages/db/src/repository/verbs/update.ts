import { DbError } from '../../errors.ts'
import { expected, fits } from '../../filter/value.ts'
import { rowOrFail, type Selecting, selected, type Target, writing } from '../target.ts'
import { checkUpdate } from '../write-rules.ts'

export async function update(
  target: Target,
  key: unknown,
  data: object,
  selection?: Selecting,
): Promise<object> {
  checkUpdate(target.source.model, data, target.rules)
  const where = rowOrFail(target, key)
  return writing(target, (rows) => rows.update({ where, data, ...selected(selection) }))
}

export async function increment(
  target: Target,
  key: unknown,
  amounts: Readonly<Record<string, unknown>>,
  selection?: Selecting,
): Promise<object> {
  const { model } = target.source
  for (const [name, amount] of Object.entries(amounts)) {
    const field = model.fields.get(name)
    if (field && numeric.includes(field.type) && !field.list && fits(field, amount, false)) continue
    const what =
      field && numeric.includes(field.type) ? expected(field, false) : 'nothing that can be added to'
    throw new DbError('FIELD_VALUE', `"${name}" of ${model.name} takes ${what}`, {
      params: { field: name, expected: what },
      issues: [{ path: [name], code: 'TYPE', message: `Must be ${what}`, params: { expected: what } }],
    })
  }
  const data = Object.entries(amounts).map(([name, amount]) => [name, { increment: amount }])
  return update(target, key, Object.fromEntries(data), selection)
}

const numeric: readonly string[] = ['Int', 'BigInt', 'Float', 'Decimal']
