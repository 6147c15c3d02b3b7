import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { canonical } from './canonical.ts'

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 3,
})

/** As far as keys go: the prototype of a plain object, and the sign of 0, say nothing. */
function normal(value: unknown): unknown {
  if (Object.is(value, -0)) return 0
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy = new Array(value.length)
    for (const [at, child] of Object.entries(value)) copy[Number(at)] = normal(child)
    return copy
  }
  if (value instanceof Map) return new Map(Array.from(value, ([key, child]) => [normal(key), normal(child)]))
  if (value instanceof Set) return new Set(Array.from(value, normal))
  if (value instanceof Date || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value
  const copy = Object.create(null)
  for (const key of Object.keys(value)) copy[key] = normal((value as Record<string, unknown>)[key])
  return copy
}

const isSame = (a: unknown, b: unknown) => isDeepStrictEqual(normal(a), normal(b))

test('two values have the same text exactly when they are equal', () => {
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      expect(canonical([a]) === canonical([b])).toBe(isSame([a], [b]) || (a === undefined && b === undefined))
    }),
    { seed: inject('seed'), numRuns: 2000 },
  )
})

test('values that nearly are the same differ', () => {
  const near = fc.constantFrom<unknown>(
    ...[
      0,
      '0',
      0n,
      '0n',
      false,
      'false',
      null,
      'null',
      undefined,
      'undefined',
      Number.NaN,
      'NaN',
      '',
      '""',
      [],
      {},
    ],
    ...[
      [''],
      [[]],
      [0],
      ['0'],
      [0, 0],
      ['0,0'],
      [undefined],
      [null],
      new Array(1),
      new Array(2),
      [[0], 0],
      [[0, 0]],
    ],
    ...[
      new Date(0),
      'Date(0)',
      new Date(0).toISOString(),
      new Date(Number.NaN),
      new Map(),
      new Set(),
      '{}',
      '[]',
    ],
    ...[
      new Map([[0, 1]]),
      new Set([0]),
      { 0: 1 },
      { a: undefined },
      { a: null },
      { a: 0, b: 1 },
      { 'a":0,"b': 1 },
    ],
    ...[
      new Uint8Array(1),
      new Uint16Array(1),
      new Int8Array(1),
      new Uint8Array(2),
      Infinity,
      'Infinity',
      1e21,
    ],
    ...[
      JSON.parse('{"__proto__":{}}'),
      { constructor: 0 },
      new ArrayBuffer(1),
      new DataView(new ArrayBuffer(1)),
    ],
  )
  const nested = fc.oneof(
    near,
    fc.array(near, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b'), near),
  )
  fc.assert(
    fc.property(nested, nested, (a, b) => {
      expect(canonical([a, 1]) === canonical([b, 1])).toBe(isSame(a, b))
    }),
    { seed: inject('seed'), numRuns: 5000 },
  )
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
  const make = (order: 1 | -1) => {
    const pairs = [
      ['a', new Set([1, 2].slice().sort((x, y) => order * (x - y)))],
      ['b', new Map([1, 2].sort((x, y) => order * (x - y)).map((key) => [{ key }, new Date(key)]))],
      ['c', [1n, { x: 1, y: [] }]],
    ]
    return Object.fromEntries(order === 1 ? pairs : pairs.toReversed())
  }
  expect(canonical([make(1)])).toBe(canonical([make(-1)]))
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
])('%s makes no key', (what, value) => {
  for (const values of [[value], [[value]], [{ a: value }], [new Map([[value, 1]])], [1, new Set([value])]]) {
    expect(() => canonical(values)).toThrow(what)
  }
})
