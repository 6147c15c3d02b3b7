import { afterAll, describe, expect, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { readCells, writeCells } from '../../test/mixins/cells.ts'
import { comparing } from '../../test/mixins/comparing.ts'
import { leaksOfReads, leaksOfWrites, some } from '../../test/mixins/matrix.ts'

describe.each(providers)('on %s, with deleted rows hidden or gone', async (provider) => {
  const both = await comparing(provider)
  afterAll(() => both.drop())

  test('reads find the same, whatever the model, operation and position', async () => {
    const cells = some(readCells(both.metadata), 10)
    expect(cells.length).toBeGreaterThan(300)
    expect(await leaksOfReads(both, cells)).toEqual([])
  })

  test('writes leave the same behind, and deleted rows as they were', async () => {
    const cells = some(writeCells(both.metadata), 20)
    expect(cells.length).toBeGreaterThan(100)
    expect(await leaksOfWrites(both, cells)).toEqual([])
  })
})
