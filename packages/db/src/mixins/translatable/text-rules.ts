import { DbError } from '../../errors.ts'
import type { FieldMetadata, ModelMetadata } from '../../metadata/metadata.ts'
import { dbNull } from '../../prisma-internals.ts'
import type { ModelRules } from '../../rewrite/rules.ts'
import { isAbsent, type Shape } from '../../rewrite/shape.ts'
import { allLocales, type Locales } from './locales.ts'
import { readTexts } from './read-texts.ts'
import { type Writing, writtenTexts } from './written-texts.ts'

/**
 * What holds for the rows of a model with translatable fields: a row is created with all of its texts, and read as one
 * of them. A change of some texts takes a statement of its own, which `splitTexts` sees to for the row that is updated
 * itself; what is left of them here is nested, or whole.
 */
export function textRules(model: ModelMetadata, names: ReadonlySet<string>, locales: Locales): ModelRules {
  const fields = [...names].map((name) => model.fields.get(name) as FieldMetadata)
  return {
    create: (data, { locale }) =>
      withTexts(data, (field, value) => stored(writtenTexts(field, value, writing(locale)).texts)),
    update: (data, { locale }) =>
      withTexts(data, (field, value) => {
        const { whole, texts } = writtenTexts(field, value, writing(locale))
        if (whole) return stored(texts)
        throw new DbError(
          'TRANSLATABLE_NESTED_WRITE',
          `Some texts of ${field.model}.${field.name} cannot be changed by a nested write: use replace({ … }), or update the ${field.model} itself`,
        )
      }),
    read({ locale = locales.current() }) {
      return locale === allLocales ? undefined : readTexts(names, locales.chain(locale))
    },
  }

  function writing(locale: string = locales.current()): Writing {
    return { locales, locale }
  }

  function withTexts(data: Shape, textsOf: (field: FieldMetadata, value: unknown) => unknown): Shape {
    const given = fields.filter(({ name }) => Object.hasOwn(data, name) && !isAbsent(data[name]))
    if (given.length === 0) return data
    return {
      ...data,
      ...Object.fromEntries(given.map((field) => [field.name, textsOf(field, data[field.name])])),
    }
  }
}

/** Without any text the column is NULL, and not an empty map. */
function stored(texts: Readonly<Record<string, string | null>>): unknown {
  const entries = Object.entries(texts).filter(([, text]) => text !== null)
  return entries.length === 0 ? dbNull : Object.fromEntries(entries)
}
