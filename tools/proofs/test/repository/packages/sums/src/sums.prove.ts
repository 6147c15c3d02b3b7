/** Adding is commutative, and the seed arrives. */
import { expect, inject, test } from 'vitest'

test('a + b = b + a', () => {
  expect(1 + 2).toBe(2 + 1)
})

test('the seed is that of the run', () => {
  expect(inject('seed')).toBe(42)
  expect(process.env['FASTKIT_SEED']).toBe('42')
})
