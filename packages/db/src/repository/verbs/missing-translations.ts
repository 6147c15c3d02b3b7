import { DbError } from '../../errors.ts'
import type { Condition } from '../../filter/condition.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { rowWindow } from '../../reading/page-window.ts'
import { readRows } from '../../reading/read-rows.ts'
import { reading } from '../run.ts'
import { orderOf, selected, type Target } from '../target.ts'
import type { UntypedListing } from './read.ts'

export async function missingTranslations(
  target: Target,
  required: readonly string[],
  options: UntypedListing = {},
): Promise<object[]> {
  const condition = lacking(target, required)
  const order = orderOf(target, options.orderBy)
  const { limit, offset } = rowWindow(options)
  if (limit === 0) return []
  const request = { condition, where: options.where, order, limit, offset, selection: selected(options) }
  return reading(target, (client) => readRows(client, target.source, request))
}

/** One of the texts is not there itself, whatever would be read instead of it. */
function lacking({ source, locales }: Target, required: readonly string[]): Condition {
  const { model, translatable } = source
  const names = translatable.get(model.name)
  if (!names || !locales) {
    throw new DbError('MIXIN_CONFIG', `${model.name} was not declared with translatable fields`)
  }
  if (!required.every((locale) => locales.known.includes(locale))) {
    throw new DbError('LOCALE_UNKNOWN', `There are no other locales than ${locales.known.join(', ')}`, {
      params: { locales: locales.known },
    })
  }
  const of = [...names].flatMap((name) =>
    required.map(
      (locale): Condition => ({
        kind: 'compare',
        field: model.fields.get(name) as FieldMetadata,
        lookup: 'is_null',
        value: true,
        translated: true,
        locales: [locale],
      }),
    ),
  )
  return { kind: 'any', of }
}
