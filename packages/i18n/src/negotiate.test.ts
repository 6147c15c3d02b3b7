import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createLocaleMatcher } from './match-locale.ts'
import { negotiate } from './negotiate.ts'

const supported = ['en', 'de', 'es', 'pt-BR', 'sr-Latn', 'zh-CN', 'zh-TW']

test.each([
  ['de', 'de'],
  ['es-ES', 'es'],
  ['DE-at', 'de'],
  ['fr, de', 'de'],
  ['en;q=0.5, de', 'de'],
  ['en;q=0.5, de;q=0.8, es;q=0.7', 'de'],
  ['en, de', 'en'],
  ['de;q=0.8, en;q=0.8', 'de'],
  ['de-CH-1996, en;q=0.9', 'de'],
  ['pt', 'pt-BR'],
  ['pt-PT, es;q=0.9', 'pt-BR'],
  ['sr', undefined],
  ['sr-Latn-RS', 'sr-Latn'],
  ['sr-Cyrl, de;q=0.1', 'de'],
  ['zh', 'zh-CN'],
  ['zh-Hant', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['en-x-secret, de', 'en'],
  ['*', 'en'],
  ['fr, *;q=0.5', 'en'],
  ['en;q=0.1, *;q=0.5', 'de'],
  ['en;q=0, *', 'de'],
  ['en;q=0, de;q=0, *;q=0.1', 'es'],
  ['*;q=0', undefined],
  ['de;q=0', undefined],
  ['de-AT, de;q=0', undefined],
  ['de;q=0, de;q=1', undefined],
  ['en-US, en;q=0, de;q=0.1', 'de'],
  ['  de  ;  q=0.9  ,en;q=0.1', 'de'],
  ['de;Q=0.9', 'de'],
  ['de;q=1.000', 'de'],
  ['de;q=2, es;q=0.1', 'es'],
  ['de;q=-1, es;q=0.1', 'es'],
  ['de;q=x, es', 'es'],
  ['de;level=1, es;q=0.1', 'es'],
  [',,de,,', 'de'],
  ['de_AT, es', 'es'],
  ['../../etc/passwd', undefined],
  ['__proto__', undefined],
  ['constructor, toString', undefined],
  ['e', undefined],
  ['en\0', undefined],
  ['fr', undefined],
  ['', undefined],
  [undefined, undefined],
  [null, undefined],
])('%j is served by %j', (header, locale) => {
  expect(negotiate(header, supported)).toBe(locale)
})

test('locales are spelled as the app spells them', () => {
  expect(['pt-br', 'PT', 'en-us'].map((header) => negotiate(header, ['pt_BR', 'EN']))).toEqual([
    'pt_BR',
    'pt_BR',
    'EN',
  ])
})

test('without locales there is nothing to find', () => {
  expect([negotiate('de', []), negotiate('*', [])]).toEqual([undefined, undefined])
})

test('a supported locale that is none is refused', () => {
  expect(() => negotiate('de', ['de', 'not a tag'])).toThrow('"not a tag" is not a language tag')
})

const tag = fc.constantFrom(...supported, 'de-AT', 'fr', 'zh', 'zh-Hant', 'pt', 'sr', 'en-US', 'x')
const weight = fc.constantFrom('', ';q=1', ';q=0.9', ';q=0.5', '; q=0.001', ';q=0')
const range = fc.record({ tag: fc.oneof(tag, fc.constant('*')), weight })
const ranges = fc.array(range, { maxLength: 8 })
const written = (list: readonly { tag: string; weight: string }[]) =>
  list.map((each) => each.tag + each.weight).join(', ')

test('what is found is supported, and was not refused', () => {
  fc.assert(
    fc.property(ranges, (list) => {
      const found = negotiate(written(list), supported)
      if (found === undefined) return
      expect(supported).toContain(found)
      const named = list.find((each) => each.tag === found)
      if (named) expect(named.weight).not.toBe(';q=0')
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('a supported locale that is liked best of all, by name, is found', () => {
  fc.assert(
    fc.property(fc.constantFrom(...supported), ranges, (best, list) => {
      const others = list.filter((each) => each.tag !== best && /0/.test(each.weight))
      expect(negotiate(written([...others, { tag: best, weight: '' }]), supported)).toBe(best)
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('case and space change nothing', () => {
  fc.assert(
    fc.property(ranges, fc.nat(3), (list, spaces) => {
      const header = written(list)
      const spaced = header.replaceAll(/[,;]/g, (mark) => ' '.repeat(spaces) + mark + ' '.repeat(spaces))
      expect(negotiate(spaced.toUpperCase(), supported)).toBe(negotiate(header, supported))
    }),
    { seed: inject('seed') },
  )
})

test('no header makes it throw', () => {
  const piece = fc.oneof(
    fc.constantFrom(',', ';', 'q=', '*', '-', '0', '1', '.', 'en', 'de', ' ', '=', 'x'),
    fc.string(),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join('')),
      (header) => {
        expect([...supported, undefined]).toContain(negotiate(header, supported))
        expect([...supported, undefined]).toContain(createLocaleMatcher(supported).match(header))
      },
    ),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('a header of a megabyte is no more work than what is read of it', () => {
  for (const piece of [
    ',',
    ';',
    ' ',
    '-',
    'en-',
    'a,',
    'en;q=',
    'en;q=0.',
    '0',
    '*',
    '\t;',
    'en;q=1 ',
    'en ;',
  ]) {
    const header = piece.repeat(1_000_000 / piece.length)
    for (let call = 0; call < 100; call++) expect(negotiate(`${header},de`, ['de'])).toBe(undefined)
  }
})
