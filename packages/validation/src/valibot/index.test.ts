import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { outcome } from '../../test/table.ts'
import { safeValidate } from '../validate.ts'
import { bool, email, integer, isoDate, money, nonEmpty, password, slug, text, username } from './index.ts'

const pieces = [
  email(),
  username(),
  slug(),
  password(),
  text(),
  nonEmpty(),
  money(),
  isoDate(),
  integer(),
  bool(),
]

test('a hundred kilobytes of anything are decided at once', () => {
  const seeds = [
    'a',
    'a-',
    '-',
    ' ',
    '.',
    '@',
    'a@',
    'a.',
    '0',
    '9',
    '１',
    '\n',
    '\uD83D',
    '😀',
    '(',
    'a_',
    '0-',
    '\0',
    'é',
    '"',
  ]
  for (const seed of seeds) {
    for (const ending of ['', '!', '\n']) {
      const input = seed.repeat(100_000 / seed.length) + ending
      for (const piece of pieces) expect(safeValidate(piece, input).ok).toBe(false)
    }
  }
})

test('whatever comes in, a piece answers, and its output is taken again as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.double(), fc.maxSafeInteger()), (input) => {
      for (const piece of pieces) {
        const result = safeValidate(piece, input)
        if (result.ok) expect(outcome(piece, result.value)).toEqual(result.value)
      }
    }),
    { seed: inject('seed') },
  )
})
