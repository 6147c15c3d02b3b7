/** 1,000 random filters and 200 random orders mean the same in memory, in SQL and in Prisma, on every database. */
import { afterAll, describe, inject, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { agreementOn } from '../../test/filter/agreement.ts'

describe.each(providers)('on %s', async (provider) => {
  const agreement = await agreementOn(provider, { seed: inject('seed'), notes: 200 })
  afterAll(() => agreement.database.drop())

  test('memory, a key query and Prisma find the same rows for 1,000 filters', async ({ annotate }) => {
    await agreement.filters(1000)
    await annotate(`${provider}: Prisma could say ${agreement.said.count} of 1,000 filters`)
  })

  test('the pages of 200 orders are their rows, forwards and backwards', async () => {
    await agreement.walks(200)
  })
})
