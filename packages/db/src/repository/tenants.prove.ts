/** 10,000 random calls as one tenant never see or touch what belongs to another, on every database. */
import { describe, expect, inject, test } from 'vitest'
import { migratedDatabase, providers } from '../../test/databases.ts'
import { callsAsTenant } from '../../test/tenants/random-calls.ts'

describe.each(providers)('on %s', (provider) => {
  test('10,000 calls stay within their tenant', async ({ annotate }) => {
    const database = await migratedDatabase(provider)
    const client = database.client()
    const { answered, refused } = await callsAsTenant(client, { runs: 10_000, seed: inject('seed') })
    expect(answered).toBeGreaterThan(5000)
    await annotate(
      `${provider}: ${answered} answered, refused ${JSON.stringify(Object.fromEntries(refused))}`,
    )
    await client.$disconnect()
    await database.drop()
  })
})
