import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { titles, wordless } from '../../../test/slugs/titles.ts'
import { cutGraphemes } from './cut-graphemes.ts'
import { isSlug } from './is-slug.ts'
import { slugify } from './slugify.ts'
import { numbered, withRandomTail } from './suffix.ts'

const graphemes = (text: string) => [...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment)

describe('a slug', () => {
  test.each([
    ['Café au Lait', 'cafe-au-lait'],
    ['Hello---World___Test', 'hello-world-test'],
    ['C++ Programming & Design', 'c-programming-design'],
    ["Don't stop, won’t stop", 'dont-stop-wont-stop'],
    ['Đorđe straße łódź øre', 'dorde-strasse-lodz-ore'],
    ['Učenje Python programiranja', 'ucenje-python-programiranja'],
    ['Привет, Ђорђе', 'privet-djordje'],
    ['объявление', 'obyavlenie'],
    ['İstanbul Iğdır', 'istanbul-igdir'],
    ['Αθήνα', 'athina'],
    ['გამარჯობა', 'gamarjoba'],
    ['½ ² Ⅷ ① ٢٠٢٦', '1-2-2-viii-1-2026'],
    ['ａｂｃ 𝐁𝐨𝐥𝐝 ﬁne', 'abc-bold-fine'],
    ['👨‍👩‍👧 family 1️⃣', 'family-1'],
    ['東京 Tower', '東京-tower'],
    ['コーヒー', 'コーヒー'],
    ['हिन्दी में', 'हिन्दी-में'],
    ['سلام دنیا', 'سلام-دنیا'],
    ['a\u202Eb\u200Bc\u00ADd', 'abcd'],
    ['می‌خواهم', 'میخواهم'],
  ])('of %j is %j', (title, slug) => {
    expect(slugify(title, 80)).toBe(slug)
  })

  test.each(wordless)('of %j is empty: it has no letter', (title) => {
    expect(slugify(title, 80)).toBe('')
  })

  describe.each(Object.entries(titles))('of a title in %s', (_, some) => {
    test.each(some)('%j', (title) => {
      for (const maxLength of [16, 80]) {
        const slug = slugify(title, maxLength)
        expect(isSlug(slug)).toBe(true)
        expect(slug.length).toBeLessThanOrEqual(maxLength)
        expect(slugify(slug, maxLength)).toBe(slug)
        expect(slug).not.toMatch(/[\p{C}\p{DI}\s]/u)
        expect(graphemes(slugify(title, 1000)).join('')).toContain(graphemes(slug).join(''))
      }
    })
  })

  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 })
      .map((units) => String.fromCharCode(...units)),
    fc
      .array(fc.constantFrom(...Object.values(titles).flat(), ...wordless), { maxLength: 5 })
      .map((all) => all.join('')),
  )
  const length = fc.integer({ min: 16, max: 100 })

  test('of whatever text is a slug, or empty, and its own slug', () => {
    const property = fc.property(text, length, (title, maxLength) => {
      const slug = slugify(title, maxLength)
      expect(slug === '' || isSlug(slug)).toBe(true)
      expect(slug.length).toBeLessThanOrEqual(maxLength)
      expect(slugify(slug, maxLength)).toBe(slug)
    })
    fc.assert(property, { seed: inject('seed'), numRuns: 2000 })
  })

  test('with a number or a random end is one still, not longer, and cut between characters', () => {
    const property = fc.property(
      text,
      length,
      fc.integer({ min: 2, max: 200 }),
      (title, maxLength, number) => {
        const base = slugify(title, maxLength)
        for (const slug of [numbered(base, number, maxLength), withRandomTail(base, maxLength)]) {
          expect(isSlug(slug)).toBe(true)
          expect(slug.length).toBeLessThanOrEqual(maxLength)
          const stem = graphemes(slug.replace(/-?[^-]*$/, ''))
          expect(graphemes(base).slice(0, stem.length)).toEqual(stem)
        }
      },
    )
    fc.assert(property, { seed: inject('seed'), numRuns: 2000 })
  })

  test('with a number keeps the number, and loses its end', () => {
    expect(numbered('title', 1, 16)).toBe('title')
    expect(numbered('title', 2, 16)).toBe('title-2')
    expect(numbered('a'.repeat(16), 12, 16)).toBe(`${'a'.repeat(13)}-12`)
    expect(numbered('aaaaaaaaaaaaa-bb', 2, 16)).toBe('aaaaaaaaaaaaa-2')
  })
})

test('a text is cut before the character that does not fit as a whole', () => {
  expect(cutGraphemes('abc', 3)).toBe('abc')
  expect(cutGraphemes('ab👨‍👩‍👧', 9)).toBe('ab')
  expect(cutGraphemes('निनि', 3)).toBe('नि')
  expect(cutGraphemes('👨‍👩‍👧', 2)).toBe('')
})
