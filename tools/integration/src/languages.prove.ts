/** 100,000 requests in four languages, interleaved over HTTP, are answered each in its own. */
import { expect, test } from 'vitest'
import { findMixUps } from '../test/mix-ups.ts'

test('no request is answered in the language of another', async () => {
  expect(await findMixUps(100_000)).toEqual([])
})
