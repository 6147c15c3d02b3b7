/** A million pairs of arguments: the same key exactly when they are the same call. */
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { anything, isSame, near, remade } from '../../test/arguments.ts'
import { canonical } from './canonical.ts'

test('no two calls collide, and none has two keys', () => {
  const some = fc.sample(anything, { numRuns: 1200, seed: inject('seed') })
  const values = [...some, ...near, ...some.slice(0, 200).map(remade), ...near.map((value) => [value])]
  // A text that follows: alone, undefined is as if left out.
  const texts = values.map((value) => canonical([value, 'end']))
  let pairs = 0
  let same = 0
  for (let a = 0; a < values.length; a++) {
    for (let b = 0; b < a; b++) {
      pairs++
      const equal = texts[a] === texts[b]
      if (equal) same++
      if (equal !== isSame(values[a], values[b])) expect([values[a], values[b]]).toBe(equal ? 'one' : 'two')
    }
  }
  process.stdout.write(`${pairs} pairs, ${same} of them the same call\n`)
  expect(pairs).toBeGreaterThanOrEqual(1_000_000)
})
