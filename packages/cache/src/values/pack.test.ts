import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { createCodec, Encoded, type Packed } from './pack.ts'
import { fromText, toText } from './text.ts'

const codec = createCodec()
const seed = inject('seed')

const pack = (value: unknown): Packed => codec.pack(value, Number.POSITIVE_INFINITY).value
const overText = (packed: Packed): unknown => codec.unpack(fromText(toText(packed)))

/** Arrays, and objects without a prototype or with the usual one; `__proto__` as a key is refused. */
const supported = fc
  .anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withUnicodeString: true,
  } as never)
  .filter((value) => !hasProto(value))

function hasProto(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (value instanceof Map) return [...value].flat().some(hasProto)
  if (value instanceof Set) return [...value].some(hasProto)
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProto)
}

test('what is read equals what was packed, from memory and from text', () => {
  fc.assert(
    fc.property(supported, (value) => {
      expect(codec.unpack(pack(value))).toStrictEqual(value)
      expect(overText(pack(value))).toStrictEqual(value)
    }),
    { seed, numRuns: 1500 },
  )
})

test('JSON values are packed as frozen copies, and stay what they are', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false } as never), (value) => {
      fc.pre(!hasProto(value))
      const packed = pack(value)
      expect(packed instanceof Encoded).toBe(!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value))
      if (packed instanceof Encoded) return
      expect(packed).toStrictEqual(value)
      expect(isDeeplyFrozen(packed) && isDeeplyFrozen(fromText(toText(packed)))).toBe(true)
    }),
    { seed },
  )
})

function isDeeplyFrozen(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen))
  )
}

test('nobody changes a packed value', () => {
  const value = { list: [1], date: new Date(1) }
  const plain = { list: [1] }
  const [packed, packedPlain] = [pack(value), pack(plain)]
  value.list.push(2)
  plain.list.push(2)
  const read = codec.unpack(packed) as typeof value
  read.list.push(3)
  read.date.setTime(5)
  expect(codec.unpack(packed)).toEqual({ list: [1], date: new Date(1) })
  expect(() => (codec.unpack(packedPlain) as typeof plain).list.push(3)).toThrow(TypeError)
  expect(codec.unpack(packedPlain)).toEqual({ list: [1] })
})

test('data that look like our text stay data', () => {
  for (const value of [
    'j1',
    'd[1]',
    ['Date', 'x'],
    { v: 1, d: ['Map', 1] },
    '[["Date","x"]]',
    [['Set', 1]],
  ]) {
    expect(codec.unpack(pack(value))).toEqual(value)
    expect(overText(pack({ value, date: new Date(0) }))).toEqual({ value, date: new Date(0) })
  }
})

test('cycles and things that occur twice stay so', () => {
  const shared = { n: 1 }
  const value: { self?: unknown; a: object; b: object } = { a: shared, b: shared }
  value.self = value
  const read = overText(pack(value)) as typeof value
  expect(read.self).toBe(read)
  expect(read.a).toBe(read.b)
})

test('a Buffer stays one, without the memory it shares with others', () => {
  const pooled = [Buffer.from('a secret of somebody else'), Buffer.from('mine')] as const
  const packed = pack({ file: pooled[1] })
  for (const read of [codec.unpack(packed), overText(packed)]) expect(read).toStrictEqual({ file: pooled[1] })
  expect(toText(packed).length).toBeLessThan(100)
})

function fail(): never {
  throw new Error('no')
}

class Money {
  readonly cents: bigint

  constructor(cents: bigint) {
    this.cents = cents
  }
}

describe('what cannot be read again as it was is refused', () => {
  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve()],
    ['an instance', new Money(1n)],
    ['an error', new Error('x')],
    ['a key named __proto__', JSON.parse('{"__proto__":{"admin":true}}')],
    ['a symbol as a key', { [Symbol('x')]: 1 }],
    ['a weak map', new WeakMap()],
    ['a subclass of Map', new (class Index extends Map {})()],
    ['a subclass of Date', new (class Day extends Date {})()],
    ['a subclass of Array', new (class List extends Array {})()],
    ['what a regular expression found', /b/.exec('abc')],
    ['a date with a property', Object.assign(new Date(0), { zone: 'UTC' })],
    ['a getter that throws', Object.defineProperty({}, 'x', { get: fail, enumerable: true })],
    ['a proxy that throws', new Proxy({}, { ownKeys: fail })],
    ['what calls itself a map', { [Symbol.toStringTag]: 'Map' }],
  ])('%s', (_, value) => {
    for (const nested of [value, [value], { a: { b: value } }]) {
      expect(() => pack(nested)).toThrow(expect.objectContaining({ code: 'CACHE_VALUE_UNSUPPORTED' }))
    }
  })

  test('more levels than there is room for', () => {
    let deep: object = {}
    for (let level = 0; level < 100_000; level++) deep = { deep }
    for (const value of [deep, [new Date(), deep]]) {
      expect(() => pack(value)).toThrow(expect.objectContaining({ code: 'CACHE_VALUE_UNSUPPORTED' }))
    }
  })

  test('the message says where', () => {
    expect(() => pack({ rows: [{ total: new Money(1n) }] })).toThrow('.rows[0].total')
  })
})

test('declared classes are kept', () => {
  const withMoney = createCodec({
    Money: {
      is: (value) => value instanceof Money,
      pack: ({ cents }: Money) => cents,
      unpack: (cents: bigint) => new Money(cents),
    },
  })
  const { value } = withMoney.pack({ total: new Money(0n), list: [new Money(5n)] }, 1000)
  const read = withMoney.unpack(fromText(toText(value))) as { total: Money; list: Money[] }
  expect(read).toStrictEqual({ total: new Money(0n), list: [new Money(5n)] })
  expect(read.total).toBeInstanceOf(Money)
})

test('what is too large is refused, without being copied to its end', () => {
  const large = expect.objectContaining({ code: 'CACHE_VALUE_TOO_LARGE' })
  expect(() => codec.pack('x'.repeat(1001), 1000)).toThrow(large)
  expect(() => codec.pack(Array(1000).fill(1), 1000)).toThrow(large)
  expect(() => codec.pack({ date: new Date(), text: 'x'.repeat(1001) }, 1000)).toThrow(large)
  let reads = 0
  const endless = {
    get text() {
      reads++
      return 'x'.repeat(600)
    },
  }
  expect(() =>
    codec.pack(
      Array.from({ length: 100 }, () => ({
        ...Object.defineProperties({}, Object.getOwnPropertyDescriptors(endless)),
      })),
      1000,
    ),
  ).toThrow(large)
  expect(reads).toBeGreaterThan(0)
})

test.each([
  '',
  'x',
  '1',
  'j',
  'j{',
  'jundefined',
  'null',
  '[]',
  'j{"__proto__":{"admin":true}}',
  'j{"a":[{"__proto__":1}]}',
])('the text %s is not ours', (text) => {
  expect(() => fromText(text)).toThrow(SyntaxError)
})
