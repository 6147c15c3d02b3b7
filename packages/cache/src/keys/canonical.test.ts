import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { anything, isSame, near, remade } from '../../test/arguments.ts'
import { canonical } from './canonical.ts'

test('two values have the same text exactly when they are equal', () => {
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      expect(canonical([a]) === canonical([b])).toBe(isSame([a], [b]) || (a === undefined && b === undefined))
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('values that nearly are the same differ', () => {
  const one = fc.constantFrom(...near)
  const nested = fc.oneof(one, fc.array(one, { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b'), one))
  fc.assert(
    fc.property(nested, nested, (a, b) => {
      expect(canonical([a, 1]) === canonical([b, 1])).toBe(isSame(a, b))
    }),
    { seed: inject('seed'), numRuns: 5000 },
  )
})

test('control characters are escaped, in texts and in names, and differ from what they are escaped to', () => {
  const controls = Array.from({ length: 33 }, (_, at) => String.fromCharCode(127 + at)).join('')
  expect(canonical([controls, { [controls]: 1 }])).not.toMatch(/\p{Cc}/u)
  expect(canonical(['\u0085'])).toBe('"\\u0085"')
  expect(canonical(['\\u0085'])).toBe('"\\\\u0085"')
})

test('lists of arguments do not run into each other', () => {
  const list = fc.array(fc.oneof(fc.string(), fc.constantFrom(',', '"', '","', undefined, 1)), {
    maxLength: 4,
  })
  const trimmed = (values: readonly unknown[]) => {
    const copy = [...values]
    while (copy.length > 0 && copy.at(-1) === undefined) copy.pop()
    return copy
  }
  fc.assert(
    fc.property(list, list, (a, b) => {
      expect(canonical(a) === canonical(b)).toBe(isDeepStrictEqual(trimmed(a), trimmed(b)))
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('an equal value made anew, with its keys in another order, has the same text', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(canonical([remade(value)])).toBe(canonical([value]))
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

class Money {}
const cycle: unknown[] = []
cycle.push(cycle)

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['an instance of Money', new Money()],
  ['an instance of Promise', Promise.resolve()],
  ['an instance of RegExp', /x/],
  ['a symbol', { [Symbol('x')]: 1 }],
  ['a cycle', cycle],
  ['a list with fields of its own', Object.assign([1], { x: 1 })],
  ['a list with fields of its own', Object.assign(new Array(2), { x: 1 })],
  ['a list with fields of its own', 'a1b'.match(/\d/)],
  ['a symbol', Object.assign([1], { [Symbol('x')]: 1 })],
  ['an instance of Rows', new (class Rows extends Array {})()],
])('%s makes no key', (what, value) => {
  for (const values of [[value], [[value]], [{ a: value }], [new Map([[value, 1]])], [1, new Set([value])]]) {
    expect(() => canonical(values)).toThrow(what)
  }
})
