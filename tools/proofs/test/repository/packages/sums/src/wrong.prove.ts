/** One and one are three. */
import { expect, test } from 'vitest'

test('1 + 1 = 3', () => {
  expect(1 + 1).toBe(3)
})
