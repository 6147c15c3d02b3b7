import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'

/** Arguments of any kind that keys can be made of. */
export const anything: fc.Arbitrary<unknown> = fc.anything({
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
  if (value instanceof Set) return new Set(Array.from(value, memberOf))
  if (value instanceof Date || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value
  const copy = Object.create(null)
  for (const key of Object.keys(value)) copy[key] = normal((value as Record<string, unknown>)[key])
  return copy
}

/** Node cannot compare sets of objects that have undefined or null as well. */
function memberOf(value: unknown): unknown {
  return value === undefined || value === null ? Symbol.for(String(value)) : normal(value)
}

/** Whether two arguments are the same call. */
export function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(normal(a), normal(b))
}

/** The same made anew, with keys, entries and members in the opposite order. */
export function remade(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy = new Array(value.length)
    for (const [at, child] of Object.entries(value).toReversed()) copy[Number(at)] = remade(child)
    return copy
  }
  if (value instanceof Map) {
    return new Map(Array.from(value, ([key, child]) => [remade(key), remade(child)] as const).toReversed())
  }
  if (value instanceof Set) return new Set(Array.from(value, remade).toReversed())
  if (value instanceof Date || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return structuredClone(value)
  }
  const copy = {}
  for (const key of Object.keys(value).toReversed()) {
    const child = remade((value as Record<string, unknown>)[key])
    Object.defineProperty(copy, key, { value: child, enumerable: true, writable: true, configurable: true })
  }
  return copy
}

/** Values that nearly are the same. */
export const near: readonly unknown[] = [
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
  ...[new Uint8Array(1), new Uint16Array(1), new Int8Array(1), new Uint8Array(2), Infinity, 'Infinity', 1e21],
  ...[
    JSON.parse('{"__proto__":{}}'),
    { constructor: 0 },
    new ArrayBuffer(1),
    new DataView(new ArrayBuffer(1)),
  ],
]
