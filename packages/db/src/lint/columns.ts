import type { Finding } from './finding.ts'
import type { LintMixins } from './mixins.ts'
import type { LintModel } from './schema.ts'

/** Finds columns that are missing, or that cannot hold what a mixin writes. */
export function lintColumns(model: LintModel, mixins: LintMixins): Finding[] {
  return needsOf(mixins).flatMap((need) => lintColumn(model, need))
}

interface Need {
  readonly field: string
  readonly mixin: string
  /** Absent where any will do. */
  readonly type?: string
  /** Why null must be possible, or must not. Absent where either will do. */
  readonly optional?: string
  readonly required?: string
}

function needsOf(mixins: LintMixins): Need[] {
  const { createdAt, updatedAt, softDelete, slug, slugSources, translatable, version, publishable } = mixins
  const need = (field: string | undefined, rest: Omit<Need, 'field'>): Need[] =>
    field === undefined ? [] : [{ field, ...rest }]
  return [
    ...need(createdAt, { mixin: 'timestamps', type: 'DateTime' }),
    ...need(updatedAt, { mixin: 'timestamps', type: 'DateTime' }),
    ...need(softDelete, { mixin: 'softDelete', type: 'DateTime', optional: 'null is what makes a row live' }),
    ...need(slug, { mixin: 'slug', type: 'String' }),
    ...slugSources.flatMap((source) => need(source, { mixin: 'slug' })),
    ...translatable.flatMap((field) =>
      need(field, {
        mixin: 'translatable',
        type: 'Json',
        optional: 'a text without any translation is null',
      }),
    ),
    ...need(version, { mixin: 'version', type: 'Int', required: 'null cannot be counted up' }),
    ...need(publishable, { mixin: 'publishable', type: 'DateTime', optional: 'a draft has no date' }),
  ]
}

function lintColumn({ name: model, fields }: LintModel, need: Need): Finding[] {
  const { field, mixin, type, optional, required } = need
  const found = fields.get(field)
  if (!found) {
    const what = type === undefined ? field : `${field} ${type}${optional === undefined ? '' : '?'}`
    return [{ rule: 'column-missing', model, field, message: `${mixin} needs a field: ${what}` }]
  }
  if (type !== undefined && (found.type !== type || found.list)) {
    const is = `${found.type}${found.list ? '[]' : ''}`
    return [{ rule: 'column-type', model, field, message: `${mixin} needs ${type} here, and this is ${is}` }]
  }
  if (optional !== undefined && found.required) {
    return [{ rule: 'column-required', model, field, message: `Make it ${found.type}?: ${optional}` }]
  }
  if (required !== undefined && !found.required) {
    return [
      { rule: 'column-optional', model, field, message: `Make it ${found.type} without "?": ${required}` },
    ]
  }
  return []
}
