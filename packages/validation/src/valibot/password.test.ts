import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { absent, outcome, table } from '../../test/table.ts'
import { password } from './password.ts'

describe('password', () => {
  test('is measured by its length first, in characters, and kept as it was sent', () => {
    table(password(), [
      ['Test123!', 'Test123!'],
      ['  spaces stay  ', '  spaces stay  '],
      ['correct horse battery staple', 'correct horse battery staple'],
      ['x'.repeat(128), 'x'.repeat(128)],
      ['😀'.repeat(128), '😀'.repeat(128)],
      ['x'.repeat(129), ['MAX_LENGTH']],
      ['Test1!', ['MIN_LENGTH']],
      ['😀😀😀😀', ['MIN_LENGTH']],
      ['e\u0301'.repeat(4), 'e\u0301'.repeat(4)],
      ['before\0after', ['CHARACTERS']],
      ['halves\uD83D..', ['CHARACTERS']],
      [12345678, ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test('tells each class that is missing, in any writing system', () => {
    const strong = password({ min: 10, classes: ['lower', 'upper', 'digit', 'special'] })
    table(strong, [
      ['Test12345!', 'Test12345!'],
      ['Žluťoučký-٣', 'Žluťoučký-٣'],
      ['..........', ['PASSWORD_LOWER', 'PASSWORD_UPPER', 'PASSWORD_DIGIT']],
      ['Test123456', ['PASSWORD_SPECIAL']],
      ['Test12345_', 'Test12345_'],
      ['Test123!', ['MIN_LENGTH']],
    ])
    for (const special of '!@#$%^&*(),.?":{}|<>-_ €')
      expect(v.is(password({ classes: ['special'] }), `Abcdefg${special}`)).toBe(true)
    expect(outcome(password({ classes: ['digit', 'digit'] }), 'password')).toEqual(['PASSWORD_DIGIT'])
  })

  test('counts bytes for hashes that look at no more', () => {
    table(password({ maxBytes: 72 }), [
      ['ü'.repeat(36), 'ü'.repeat(36)],
      ['ü'.repeat(37), ['MAX_BYTES']],
    ])
  })

  test.each([{ max: 63 }, { maxBytes: 0 }, { maxBytes: Number.NaN }, { classes: ['toString' as never] }])(
    'cannot be made with %o',
    (options) => expect(() => password(options)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' })),
  )
})
