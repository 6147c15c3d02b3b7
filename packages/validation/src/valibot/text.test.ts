import { describe, expect, test } from 'vitest'
import { absent, outcome, table } from '../../test/table.ts'
import { password } from './password.ts'
import { slug } from './slug.ts'
import { nonEmpty, text } from './text.ts'
import { username } from './username.ts'

describe('text', () => {
  test('takes all writing systems and emoji, and no more than it was told', () => {
    table(text({ max: 5 }), [
      ['', ''],
      ['Žluťo', 'Žluťo'],
      ['日本語です', '日本語です'],
      ['👍👍👍👍👍', '👍👍👍👍👍'],
      ['👍👍👍👍👍👍', ['MAX_LENGTH']],
      ['می‌روم'.slice(0, 5), 'می‌رو'],
      [' a ', ' a '],
      [1, ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test.each([
    ['NUL', 'a\0b'],
    ['a control character', 'a\u001Bb'],
    ['DEL', 'a\u007F'],
    ['a C1 control character', 'a\u0085'],
    ['half of a surrogate pair', 'a\uD83D'],
    ['the other half', '\uDC4Da'],
    ['an override of the direction', 'a\u202Eb'],
    ['a line break', 'a\nb'],
    ['a line separator', 'a\u2028b'],
  ])('refuses %s', (_, input) => expect(outcome(text(), input)).toEqual(['CHARACTERS']))

  test('may have lines where they are allowed', () => {
    table(text({ multiline: true }), [
      ['a\r\n\tb', 'a\r\n\tb'],
      ['a\0', ['CHARACTERS']],
      ['a\u000Bb', ['CHARACTERS']],
    ])
  })

  test('is trimmed only where that was asked for, before it is measured', () => {
    table(text({ trim: true, min: 1, max: 1 }), [
      [' a\n', 'a'],
      ['  ', ['MIN_LENGTH']],
      ['\u00A0a\uFEFF', 'a'],
    ])
  })

  test('nonEmpty has something in it that is not white space', () => {
    table(nonEmpty({ max: 3 }), [
      ['a', 'a'],
      [' a ', ' a '],
      ['', ['NON_EMPTY']],
      ['   ', ['NON_EMPTY']],
      ['\u00A0\u3000', ['NON_EMPTY']],
      ['\u200B\u2060\uFEFF', ['NON_EMPTY']],
      ['\u3164\u00AD', ['NON_EMPTY']],
      ['👩\u200D🚀', '👩\u200D🚀'],
      ['abcd', ['MAX_LENGTH']],
    ])
    table(nonEmpty({ trim: true }), [
      ['  a ', 'a'],
      ['  ', ['NON_EMPTY']],
    ])
    table(nonEmpty({ min: 2 }), [
      ['', ['MIN_LENGTH']],
      [' ', ['MIN_LENGTH', 'NON_EMPTY']],
      ['  ', ['NON_EMPTY']],
    ])
  })

  test.each([
    { min: -1 },
    { max: 1.5 },
    { min: 2, max: 1 },
    { min: Number.NaN },
    { max: Number.POSITIVE_INFINITY },
  ])('cannot be made with %o', (options) => {
    for (const piece of [text, nonEmpty, username, slug, password]) {
      expect(() => piece(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
    }
  })
})
