import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { notesMetadata } from '../../../test/filter/databases.ts'
import type { FieldMetadata } from '../../metadata/metadata.ts'
import { createLocales } from './locales.ts'
import { createTranslatable } from './translatable.ts'
import { writtenTexts } from './written-texts.ts'

const locales = createLocales({
  locale: () => 'sr-Latn-RS',
  fallback: ['en', 'de'],
  locales: ['sr', 'sr-Latn', 'en-GB', 'de'],
})

const field = notesMetadata('sqlite').models.get('Note')?.fields.get('title') as FieldMetadata

test('the locales there are texts in are those given and the fallbacks, each once', () => {
  expect(locales.known).toEqual(['sr', 'sr-Latn', 'en-GB', 'de', 'en'])
  expect(locales.current()).toBe('sr-Latn-RS')
})

test.each([
  ['sr-Latn-RS', ['sr-Latn', 'sr', 'en', 'de']],
  ['sr', ['sr', 'en', 'de']],
  ['en-GB', ['en-GB', 'en', 'de']],
  ['de', ['de', 'en']],
  ['fr-CA', ['en', 'de']],
  ['EN-gb', ['en', 'de']],
  ['', ['en', 'de']],
  ['__proto__', ['en', 'de']],
  ['sr-'.repeat(100_000), ['sr', 'en', 'de']],
])('a text in %s is looked for in %j', (name, chain) => {
  expect(locales.chain(name)).toEqual(chain)
})

test('no name of a locale, however odd, leads to a text in another', () => {
  const odd = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('e', 'n', '-', '_', ';', '.', '\0') }))
  fc.assert(
    fc.property(odd, (name) => {
      const known = locales.known.includes(name)
      expect(locales.chain(name).every((each) => locales.known.includes(each))).toBe(true)
      const write = () => writtenTexts(field, 'x', { locales, locale: name })
      if (known) expect(write().texts).toEqual({ [name]: 'x' })
      else expect(write).toThrow(expect.objectContaining({ code: 'LOCALE_UNKNOWN' }))
    }),
    { seed: inject('seed') },
  )
})

test('a column that cannot be NULL, or is none, is refused at start-up', () => {
  for (const field of ['text', 'nothing']) {
    expect(() =>
      createTranslatable(notesMetadata('sqlite'), new Map([['Note', new Set([field])]]), locales),
    ).toThrow(
      expect.objectContaining({
        code: 'MIXIN_CONFIG',
        message: `mixins: note needs a field "${field} Json?" in schema.prisma: a field without any text is NULL`,
      }),
    )
  }
})
