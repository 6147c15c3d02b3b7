import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { acceptedType, parseJson } from './body-checks.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const json = ['application/json']

test.each([
  ['application/json', true],
  ['Application/JSON; charset=UTF-8', true],
  ['application/vnd.api+json', true],
  ['application/json; charset="utf-8"', true],
  [' \tapplication/json\t ;charset=utf8', true],
  ['\u00a0application/json', false],
  ['application/json\u00a0', false],
  ['application/json; charset=latin1', false],
  ['application/jsonp', false],
  ['text/plain', false],
  ['', false],
  [undefined, false],
])('%s is accepted as JSON: %s', (type, expected) => {
  expect(acceptedType(type, json) !== undefined).toBe(expected)
})

test('what JSON.parse reads passes, whatever its texts hold', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), (text) => {
      expect(parseJson(bytes(text), 64)).toEqual({ text, value: JSON.parse(text) })
    }),
    { seed: inject('seed') },
  )
  parseJson(bytes(JSON.stringify('[[{{\\"[[')), 1)
})

test.each([
  ['the depth itself', '[[[]]]', undefined],
  ['one level more', '[[[[]]]]', 'TOO_DEEP'],
  ['objects', '{"a":{"b":{"c":{}}}}', 'TOO_DEEP'],
  ['five hundred thousand levels', '['.repeat(500_000), 'TOO_DEEP'],
  ['brackets in text', '"[[[[[[\\"[["', undefined],
  ['brackets side by side', '[[],[],[],[],[]]', undefined],
  ['nothing', '', 'MALFORMED_JSON'],
  ['half an object', '{"a":', 'MALFORMED_JSON'],
  ['two values', '1 2', 'MALFORMED_JSON'],
  ['a byte order mark', '\ufeff{}', 'MALFORMED_JSON'],
])('%s', (_, text, code) => {
  const check = () => parseJson(bytes(text), 3)
  if (code) expect(check).toThrow(expect.objectContaining({ code }))
  else check()
})

test('bytes that are not UTF-8 are refused', () => {
  for (const broken of [
    [0x22, 0xff, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0x22, 0xc3],
  ]) {
    expect(() => parseJson(Uint8Array.from(broken), 3)).toThrow(
      expect.objectContaining({ code: 'MALFORMED_TEXT' }),
    )
  }
})
