import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { groupIn, matches, partsOf, pattern } from './pattern.ts'

test('a pattern matches what the same regular expression does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*'), maxLength: 8 })
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 }), (pattern, key) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
      expect(matches(key, partsOf(pattern))).toBe(expression.test(key))
    }),
    { seed: inject('seed'), numRuns: 3000 },
  )
})

test('values in a pattern are literal, stars of the template are not', () => {
  expect(pattern`user:${'*'}:*`.parts).toEqual(['user:*:', ''])
  expect(pattern`*${1}${'**'}*`.parts).toEqual(['', '1**', ''])
  expect(pattern`user`.parts).toEqual(['user'])
  expect(pattern`${'a'}`.parts).toEqual(['a'])
})

test('a group is a name, a colon and a star', () => {
  for (const [text, group] of [
    ['a:*', 'a'],
    ['a.b-c:*', 'a.b-c'],
    ['[a]:*', '[a]'],
    [':*', undefined],
    ['a:', undefined],
    ['a*', undefined],
    ['a:b:*', undefined],
    ['*:*', undefined],
    ['a:**', undefined],
  ] as const) {
    expect([text, groupIn(partsOf(text))]).toEqual([text, group])
  }
})
