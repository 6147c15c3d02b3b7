import fc from 'fast-check'
import { afterEach, expect, inject, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

/** The module as it is where the globals are those. */
async function loaded(without: readonly string[]) {
  for (const name of without) vi.stubGlobal(name, undefined)
  vi.resetModules()
  return import('./base64.ts')
}

test.each([
  ['with what this runtime has', []],
  ['without a Buffer', ['Buffer']],
])('%s, any bytes are as Node writes them, and come back', async (_, without) => {
  const node = Buffer
  const { toBase64, fromBase64 } = await loaded(without)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40_000, size: 'max' }), fc.nat(3), (all, from) => {
      const bytes = all.subarray(from)
      const text = node.from(bytes).toString('base64')
      expect(toBase64(bytes)).toBe(text)
      expect(node.compare(fromBase64(text), bytes)).toBe(0)
    }),
    { seed: inject('seed'), numRuns: 30 },
  )
})
