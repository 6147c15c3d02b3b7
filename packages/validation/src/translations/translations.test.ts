import { describe, expect, test } from 'vitest'
import { shippedText } from '../shipped-text.ts'
import type { Text } from './index.ts'
import * as translations from './index.ts'

const { en, ...others } = translations
const english: Readonly<Record<string, Text>> = en.validation
const branches = (text: Text | undefined) => (typeof text === 'string' ? { other: text } : (text ?? {}))
const paramsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

describe.each(Object.entries(others))('the catalogue of %s', (language, { validation }) => {
  test('has the texts of the English one, and no others', () => {
    expect(Object.keys(validation)).toEqual(Object.keys(en.validation))
  })

  test('has the parameters of the English one, in each text', () => {
    for (const [rule, text] of Object.entries(validation)) {
      const { '@select': _, '@plural': __, ...cases } = branches(text) as Record<string, string>
      const expected = paramsOf(branches(english[rule])['other'] ?? '')
      for (const each of Object.values(cases)) expect([rule, paramsOf(each)]).toEqual([rule, expected])
    }
  })

  test('has the plural forms of its language, and the same choices', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    for (const [rule, text] of Object.entries(validation)) {
      const cases = branches(text) as Record<string, string>
      if (cases['@select']) expect(Object.keys(cases)).toEqual(Object.keys(branches(english[rule])))
      if (!cases['@plural']) continue
      expect(
        Object.keys(cases)
          .filter((key) => key !== '@plural')
          .sort(),
      ).toEqual([...pluralCategories].sort())
    }
  })
})

test.each([
  ['sr', 1, 'Mora imati najmanje 1 znak'],
  ['sr', 3, 'Mora imati najmanje 3 znaka'],
  ['sr', 5, 'Mora imati najmanje 5 znakova'],
  ['sr', 21, 'Mora imati najmanje 21 znak'],
  ['sr', 1005, 'Mora imati najmanje 1005 znakova'],
  ['fr', 0, 'Doit comporter au moins 0 caractère'],
  ['fr', 1_000_000, 'Doit comporter au moins 1000000 caractères'],
  ['en', 1, 'Must have at least 1 character'],
  ['en', -1.5, 'Must have at least -1.5 characters'],
])('%s counts %d', (language, min, text) => {
  expect(shippedText('min_length', language, { min })).toBe(text)
  expect(shippedText('min_length', language, { min })).toBe(text)
})
