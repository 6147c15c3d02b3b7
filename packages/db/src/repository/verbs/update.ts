import { DbError } from '../../errors.ts'
import { fits } from '../../filter/value.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { checking, delegateOf } from '../../reading/source.ts'
import { writing } from '../run.ts'
import { requirePublishable, selected, type Target, type UntypedSelection } from '../target.ts'
import { ofVersion } from '../version.ts'
import { checkedChange } from '../write-rules.ts'

export interface Changing extends UntypedSelection {
  readonly version?: number | undefined
}

export async function update(
  target: Target,
  key: unknown,
  data: object,
  { version, ...selection }: Changing = {},
): Promise<object> {
  const change = checkedChange(target.source.model, data, target.rules)
  return ofVersion(target, key, version, (on, where) =>
    writing(on, (client) =>
      delegateOf(client, on.source).update(
        checking(target.source, { where, data: change, ...selected(selection) }),
      ),
    ),
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
