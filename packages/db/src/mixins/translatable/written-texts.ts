import { DbError } from '../../errors.ts'
import { isPlainObject } from '../../filter/json.ts'
import { expected, fits } from '../../filter/value.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { isDbNull } from '../../prisma-internals.ts'
import { allLocales, type Locales } from './locales.ts'
import { isReplacement } from './replace.ts'

/** What a value in data means for a translatable field. */
export interface WrittenTexts {
  /** Whether the field holds nothing else afterwards. */
  readonly whole: boolean
  /** `null` removes one. */
  readonly texts: Readonly<Record<string, string | null>>
}

export interface Writing {
  readonly locales: Locales
  /** The locale of a plain text. */
  readonly locale: string
}

/**
 * Reads a value that is written: a text is one in the current locale, a map is one in each of its locales, `replace`
 * and null are everything there is.
 *
 * @throws DbError `LOCALE_UNKNOWN`, `FIELD_VALUE`
 */
export function writtenTexts(
  field: FieldMetadata,
  value: unknown,
  { locales, locale }: Writing,
): WrittenTexts {
  if (value === null || isDbNull(value)) return { whole: true, texts: {} }
  if (isReplacement(value)) return { whole: true, texts: checked(value['~replace']) }
  if (typeof value !== 'string') return { whole: false, texts: checked(value) }
  if (locale === allLocales) throw refused(field, 'texts by locale where all locales are read', [])
  return { whole: false, texts: checked({ [locale]: value }) }

  function checked(map: unknown): Readonly<Record<string, string | null>> {
    if (!isPlainObject(map)) throw refused(field, 'a text, or texts by locale', [])
    const entries = Object.entries(map).filter(([, text]) => text !== undefined)
    for (const [name, text] of entries) {
      if (!locales.known.includes(name)) throw unknown(field, locales.known)
      if (text !== null && !fits(field, text, true)) throw refused(field, expected(field, true), [name])
    }
    return Object.fromEntries(entries) as Record<string, string | null>
  }
}

function unknown({ model, name }: FieldMetadata, locales: readonly string[]): DbError {
  return new DbError(
    'LOCALE_UNKNOWN',
    `${model}.${name} cannot be written in this locale; there are: ${locales.join(', ')}`,
    {
      params: { field: name, locales },
      issues: [{ path: [name], code: 'LOCALE', message: 'No such locale', params: { locales } }],
    },
  )
}

function refused({ model, name }: FieldMetadata, what: string, path: readonly string[]): DbError {
  return new DbError('FIELD_VALUE', `${model}.${name} takes ${what}`, {
    params: { field: name, expected: what },
    issues: [{ path: [name, ...path], code: 'TYPE', message: `Must be ${what}`, params: { expected: what } }],
  })
}
