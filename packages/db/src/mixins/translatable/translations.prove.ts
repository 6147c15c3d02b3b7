/** 100 edits at once in each of two languages all survive, and 1,000 random rows are filtered and sorted as they are read. */
import { afterAll, describe, expect, inject, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { textAgreementOn } from '../../../test/texts/agreement.ts'
import { lostEdits } from '../../../test/texts/edits.ts'

describe.each(providers)('on %s', async (provider) => {
  const agreement = await textAgreementOn(provider, { seed: inject('seed'), posts: 1000 })
  afterAll(() => agreement.database.drop())

  test('100 edits of one row at once in each of two languages all survive', async () => {
    expect(await lostEdits(agreement.database, 100)).toEqual([])
  })

  test('300 filters by texts find what JavaScript finds', async () => {
    await agreement.filters(300)
  })

  test('60 orders by texts, walked by cursors both ways, are those of JavaScript', async () => {
    await agreement.walks(60)
  })
})
