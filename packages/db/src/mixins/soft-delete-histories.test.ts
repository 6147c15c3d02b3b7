import { afterAll, describe, inject, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { comparing } from '../../test/mixins/comparing.ts'
import { sameHistories } from '../../test/mixins/histories.ts'

describe.each(providers)('on %s', async (provider) => {
  const both = await comparing(provider)
  afterAll(() => both.drop())

  test('random writes in a row leave the same behind, with deleted rows hidden or gone', async () => {
    await sameHistories(both, { seed: inject('seed'), runs: 3, steps: 10 })
  })
})
