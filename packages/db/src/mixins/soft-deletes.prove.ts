/** Every read and write of every model with every relation in every position means the same where deleted rows are gone. */
import { afterAll, describe, expect, inject, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { readCells, writeCells } from '../../test/mixins/cells.ts'
import { comparing } from '../../test/mixins/comparing.ts'
import { sameHistories } from '../../test/mixins/histories.ts'
import { leaksOfReads, leaksOfWrites } from '../../test/mixins/matrix.ts'

describe.each(providers)('on %s, with deleted rows hidden or gone', async (provider) => {
  const both = await comparing(provider)
  afterAll(() => both.drop())

  test('all reads find the same', async ({ annotate }) => {
    const cells = readCells(both.metadata)
    expect(await leaksOfReads(both, cells)).toEqual([])
    await annotate(`${provider}: ${cells.length} reads`)
  })

  test('all writes leave the same behind', async ({ annotate }) => {
    const cells = writeCells(both.metadata)
    expect(await leaksOfWrites(both, cells)).toEqual([])
    await annotate(`${provider}: ${cells.length} writes`)
  })

  test('60 histories of 25 random writes leave the same behind', async () => {
    await sameHistories(both, { seed: inject('seed'), runs: 60, steps: 25 })
  })
})
