import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { parseIfMatch, versionIn, versionTag } from './etag.ts'

const tag = (value: string, weak = false) => ({ value, weak })

describe('If-Match', () => {
  test.each([
    ['*', '*'],
    [' * ', '*'],
    ['"3"', [tag('3')]],
    ['W/"3"', [tag('3', true)]],
    ['"3", W/"4" ,"5"', [tag('3'), tag('4', true), tag('5')]],
    ['"a,b", ""', [tag('a,b'), tag('')]],
    ['"3",', [tag('3')]],
    [',"3"', [tag('3')]],
    [' , ,"3",, "4" ,\t,', [tag('3'), tag('4')]],
  ])('%s is read', (header, expected) => {
    expect(parseIfMatch(header)).toEqual(expected)
  })

  test.each([
    [''],
    [','],
    ['3'],
    ["'3'"],
    ['"3'],
    ['"3" "4"'],
    ['w/"3"'],
    ['W/ "3"'],
    ['"3", *'],
    ['*, "3"'],
    ['"a b"'],
    ['"3"; x'],
    [Array(21).fill('"3"').join()],
  ])('%j is none', (header) => {
    expect(() => parseIfMatch(header)).toThrow(expect.objectContaining({ code: 'IF_MATCH_INVALID' }))
  })

  test('whatever it holds, it is tags, any or IF_MATCH_INVALID', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'W/"*, 3\t\\é') }), (header) => {
        try {
          const read = parseIfMatch(header)
          expect(read === '*' || read.length > 0).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ code: 'IF_MATCH_INVALID' })
        }
      }),
      { seed: inject('seed') },
    )
  })
})

describe('the tag of a version', () => {
  test('tells the version again, whatever its variant', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.option(fc.stringMatching(/^[\w-]+$/), { nil: undefined }),
        (version, variant) => {
          const tags = parseIfMatch(versionTag(version, variant))
          expect(tags === '*' ? [] : tags.map(versionIn)).toEqual([version])
        },
      ),
      { seed: inject('seed') },
    )
  })

  test.each([['abc'], ['03'], ['-1'], ['1.5.x'], ['1e3'], ['9007199254740993'], [''], ['3.'], ['٣']])(
    '%j is the tag of no version',
    (value) => {
      expect(versionIn(tag(value))).toBeUndefined()
    },
  )

  test.each([[-1], [1.5], [Number.NaN], [Infinity], [2 ** 53]])('%d is no version', (version) => {
    expect(() => versionTag(version)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
  })

  test.each([[''], ['de"'], ['a b'], ['a\r\nb']])('%j is no variant', (variant) => {
    expect(() => versionTag(1, variant)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
  })
})
