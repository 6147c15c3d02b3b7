import { DbError } from '../../errors.ts'
import type { Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import type { Call } from '../../rewrite/rewrite-call.ts'
import type { ModelRules } from '../../rewrite/rules.ts'
import type { Locales } from './locales.ts'
import { type SplitTexts, splitTexts } from './split-texts.ts'
import { textRules } from './text-rules.ts'

/** The translatable fields of a client. */
export interface Translatable {
  /** By model. */
  readonly rules: ReadonlyMap<string, ModelRules>
  /** The locale of a call that names none. */
  currentLocale(): string
  /** Takes the texts that are merged out of a call. */
  split(call: Call, locale: string): SplitTexts
}

/** @throws DbError `MIXIN_CONFIG` for a column that cannot be NULL, or is a list */
export function createTranslatable(
  { models }: Metadata,
  fields: ReadonlyMap<string, ReadonlySet<string>>,
  locales: Locales,
): Translatable {
  const rules = [...fields].map(([name, own]): [string, ModelRules] => {
    const model = models.get(name) as ModelMetadata
    for (const field of own) requireOptional(model, field)
    return [name, textRules(model, own, locales)]
  })
  return {
    rules: new Map(rules),
    currentLocale: locales.current,
    split({ model, operation, args }, locale) {
      const own = fields.get(model)
      if (!own) return { args, merges: [] }
      const writing = { locales, locale }
      return splitTexts(models.get(model) as ModelMetadata, own, { operation, args, writing })
    },
  }
}

function requireOptional({ delegate, fields }: ModelMetadata, name: string): void {
  const field = fields.get(name)
  if (field && !field.required && !field.list) return
  throw new DbError(
    'MIXIN_CONFIG',
    `mixins: ${delegate} needs a field "${name} Json?" in schema.prisma: a field without any text is NULL`,
  )
}
