import { afterAll, describe, expect, inject, test } from 'vitest'
import { providers } from '../../test/databases.ts'
import { type Agreement, agreementOn } from '../../test/filter/agreement.ts'
import { words } from '../../test/filter/notes.ts'
import { isTranslated, textLookups } from './condition.ts'
import { isSortable, lookupsOf } from './lookups.ts'

describe.each(providers)('on %s, memory, a key query and Prisma find the same rows', async (provider) => {
  const agreement = await agreementOn(provider, { seed: inject('seed') })
  const fields = [...(agreement.metadata.models.get('Note')?.fields.values() ?? [])]
  afterAll(() => agreement.database.drop())

  test('for random filters', async () => {
    await agreement.filters(60)
    expect(agreement.said.count).toBeGreaterThan(0)
  })

  test('for every text lookup with every tricky word', async () => {
    await allText(agreement, 'memo')
    await allText(agreement, 'title')
  })

  test('for every other lookup with every value its column may hold', async () => {
    const { options } = agreement.making
    const plain = fields.filter(
      (field) => field.type !== 'String' && !field.relation && !isTranslated(field, options),
    )
    for (const field of plain) {
      for (const lookup of lookupsOf(field, false).filter((name) => /^(eq|ne|[lg]te?)$/.test(name))) {
        for (const value of agreement.making.pool[field.type] ?? []) {
          await agreement.agree('Note', { [`${field.name}__${lookup}`]: value })
        }
      }
    }
  })

  // MariaDB compares a decimal with one text exactly, with a list of them as doubles.
  test('for every decimal in a list', async () => {
    for (const value of agreement.making.pool['Decimal'] ?? []) {
      await agreement.agree('Note', { price__in: [value, '0.7'] })
      await agreement.agree('Note', { price__between: [value, value] })
    }
  })

  test('page by page in random orders, forwards and backwards', async () => {
    await agreement.walks(8)
  })

  test('page by page by every column, up and down', async () => {
    const { options } = agreement.making
    for (const field of fields.filter((column) => isSortable(column, isTranslated(column, options)))) {
      await agreement.walk([field.name], {}, 25)
      await agreement.walk([`-${field.name}`], {}, 25)
    }
  })

  test.runIf(provider === 'mysql')(
    'also text in a column whose collation ignores case and accents',
    async () => {
      await agreement.database.client.$executeRawUnsafe(
        'alter table `notes` modify `memo_text` varchar(191) collate utf8mb4_unicode_ci',
      )
      await allText(agreement, 'memo')
    },
  )
})

async function allText({ agree }: Agreement, field: string): Promise<void> {
  for (const lookup of textLookups) {
    for (const word of words) await agree('Note', { [`${field}__${lookup}`]: word })
  }
}
