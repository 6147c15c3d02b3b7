import { DbError } from '../../errors.ts'
import { expected, fits } from '../../filter/value.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { requirePublishable, type Selecting, selected, type Target, writing } from '../target.ts'
import { ofVersion } from '../version.ts'
import { checkUpdate } from '../write-rules.ts'

export interface Changing extends Selecting {
  readonly version?: number | undefined
}

export async function update(
  target: Target,
  key: unknown,
  data: object,
  { version, ...selection }: Changing = {},
): Promise<object> {
  checkUpdate(target.source.model, data, target.rules)
  return ofVersion(target, key, version, (on, where) =>
    writing(on, (rows) => rows.update({ where, data, ...selected(selection) })),
  )
}

/** Sets since when a row is published: now, unless another moment is given; `null` makes it a draft again. */
export async function publish(
  target: Target,
  key: unknown,
  at: Date | null = new Date(target.clock.now()),
  options?: Changing,
): Promise<object> {
  const field = requirePublishable(target)
  if (at !== null && !fits(target.source.model.fields.get(field) as FieldMetadata, at, false)) {
    throw new DbError('FIELD_VALUE', '"at" takes a date', { params: { field: 'at', expected: 'a date' } })
  }
  return update({ ...target, rules: { ...target.rules, update: undefined } }, key, { [field]: at }, options)
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
