import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { toJson } from './wire.ts'

test('values JSON does not know are written in one documented way', () => {
  const value = {
    at: new Date('2026-01-31T10:00:00.123Z'),
    big: 2n ** 70n,
    bytes: new Uint8Array([0, 255, 16]),
    buffer: Buffer.from('hi'),
    decimal: { toJSON: () => '12.50' },
    nested: [{ big: 1n }],
    missing: undefined,
    nothing: null,
    run() {},
  }
  expect(JSON.parse(toJson(value))).toEqual({
    at: '2026-01-31T10:00:00.123Z',
    big: '1180591620717411303424',
    bytes: 'AP8Q',
    buffer: 'aGk=',
    decimal: '12.50',
    nested: [{ big: '1' }],
    nothing: null,
  })
})

test('any bytes arrive as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(new Uint8Array(Buffer.from(JSON.parse(toJson(bytes)), 'base64'))).toEqual(bytes)
    }),
  )
})

test('whatever JSON can say is written as JSON says it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toJson(value)).toBe(JSON.stringify(value))
    }),
  )
})

test.each([{}, { big: 1n }, { bytes: Buffer.from('hi') }])('a cycle is an error, beside %o', (beside) => {
  const cycle: Record<string, unknown> = { ...beside }
  cycle['self'] = cycle
  cycle['again'] = [cycle]
  expect(() => toJson(cycle)).toThrow(TypeError)
})

test.each([
  ['bytes', new Uint8Array(5_000_000).fill(65)],
  ['a Buffer', Buffer.alloc(5_000_000, 65)],
])('an answer with %s of 5 MB does not hold up the others', (_, file) => {
  const expected = Buffer.from(file).toString('base64')
  const plain = { success: true, data: [{ file: expected }] }
  const write = () => toJson({ success: true, data: [{ file }] })
  const asText = () => JSON.stringify(plain)
  expect(write()).toBe(asText())
  // Of the bytes one by one it was a hundred times as much.
  expect(cpuMs(write)).toBeLessThan(100 + 5 * cpuMs(asText))

  /** The least of five: all threads count, also those that collect the garbage of other tests. */
  function cpuMs(run: () => string): number {
    const times = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage()
      run()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    return Math.min(...times)
  }
})

test('plain values are written as JSON writes them, and what is hidden deep in them is found', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.constantFrom('a', 'b'), { maxLength: 30 }), (plain, path) => {
      expect(toJson(plain)).toBe(JSON.stringify(plain))
      const nested = (leaf: unknown) => path.reduce<unknown>((inner, key) => ({ x: [1], [key]: inner }), leaf)
      expect(toJson(nested(1n))).toBe(JSON.stringify(nested('1')))
      expect(toJson(nested(Uint8Array.of(1, 2)))).toBe(JSON.stringify(nested('AQI=')))
      expect(toJson(nested({ toJSON: () => 1n }))).toBe(JSON.stringify(nested('1')))
    }),
    { seed: inject('seed') },
  )
})
