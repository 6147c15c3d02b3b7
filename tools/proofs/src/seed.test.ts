import { expect, inject, test } from 'vitest'
import { readSeed } from './seed.ts'

test('a given seed is used', () => {
  expect(readSeed({ FASTKIT_SEED: '0' })).toBe(0)
  expect(readSeed({ FASTKIT_SEED: '2147483647' })).toBe(2147483647)
})

test('without one, each run has another', () => {
  expect(readSeed({})).not.toBe(readSeed({ FASTKIT_SEED: '' }))
})

test.each(['x', '1.5', '-1', '2147483648'])('%s is not a seed', (text) => {
  expect(() => readSeed({ FASTKIT_SEED: text })).toThrow(`FASTKIT_SEED is ${text}`)
})

test('every test can read the seed of its run', () => {
  expect(readSeed({ FASTKIT_SEED: String(inject('seed')) })).toBe(inject('seed'))
})
