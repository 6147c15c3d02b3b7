import { DbError } from '../../errors.ts'
import type { Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import type { Call } from '../../rewrite/rewrite-call.ts'
import type { ModelRules } from '../../rewrite/rules.ts'
import type { Locales } from './locales.ts'
import { type SplitTexts, splitTexts } from './split-texts.ts'
import { textRules } from './text-rules.ts'
import type { Writing } from './written-texts.ts'

/** The translatable fields of a client. */
export interface Translatable {
  /** By model. */
  readonly rules: ReadonlyMap<string, ModelRules>
  /** Says in which locale the call is that is rewritten next, and takes out of it the texts that are merged. */
  startCall(call: Call, locale: string | undefined): SplitTexts
}

/** @throws DbError `MIXIN_CONFIG` for a column that cannot be NULL, or is a list */
export function createTranslatable(
  { models }: Metadata,
  fields: ReadonlyMap<string, ReadonlySet<string>>,
  locales: Locales,
): Translatable {
  // Rules are asked while a call is rewritten, which nothing can interrupt.
  let moment: Writing = { locales, locale: '' }
  const rules = [...fields].map(([name, own]): [string, ModelRules] => {
    const model = models.get(name) as ModelMetadata
    for (const field of own) requireOptional(model, field)
    return [name, textRules(model, own, () => moment)]
  })
  return {
    rules: new Map(rules),
    startCall({ model, operation, args }, locale = locales.current()) {
      moment = { locales, locale }
      const own = fields.get(model)
      if (!own) return { args, merges: [] }
      return splitTexts(models.get(model) as ModelMetadata, own, { operation, args, writing: moment })
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
