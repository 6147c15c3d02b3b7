/** 200 writers of one row, each with the version it read, lose no update, on every database. */
import { describe, expect, test } from 'vitest'
import { migratedDatabase, providers } from '../../test/databases.ts'
import { writeVersions } from '../../test/write-versions.ts'

describe.each(providers)('on %s', (provider) => {
  test.each([false, true])('200 writers, 0 lost (in run: %s)', async (inRun) => {
    const database = await migratedDatabase(provider)
    const client = database.client()
    const row = await writeVersions(client, { writers: 200, inRun })
    expect(row).toMatchObject({ balance: 200, version: 201 })
    await client.$disconnect()
    await database.drop()
  })
})
