import { expect, test } from 'vitest'
import { findMixUps } from '../test/mix-ups.ts'

test('requests in four languages, interleaved over HTTP, are answered each in its own', async () => {
  expect(await findMixUps(2000)).toEqual([])
})
