import { createUnitOfWork, mixins } from '@fastkit/db'
import { readTexts } from '../../packages/db/src/mixins/translatable/read-texts.ts'
import type { PrismaClient } from '../../packages/db/test/texts/generated/sqlite/client.ts'
import { compare, compareAsync } from '../compare.ts'

/** What texts in several languages cost: 100 rows read, and one changed. */
export async function compareTexts(prisma: PrismaClient): Promise<void> {
  const plain = prisma.$extends(mixins({}))
  const translated = prisma.$extends(
    mixins(
      { post: { translatable: ['title', 'body'] } },
      { locale: () => 'de-AT', fallback: ['en'], locales: ['de'] },
    ),
  )
  const texts = { title: { en: 'Hello', de: 'Hallo' }, body: { en: 'Only' } }
  const read = readTexts(['title', 'body'], ['de', 'en'])
  const columns = Array.from({ length: 100 }, (_, id) => ({ id, slug: `${id}` }))
  compare(
    '100 rows with 2 translatable fields',
    {
      'copying them': () => columns.map((row) => ({ ...row, ...texts })),
      'copying and reading them': () => {
        for (const row of columns.map((each) => ({ ...each, ...texts }))) read(row)
      },
    },
    { calls: 500 },
  )
  await compareAsync(
    'findMany of 100 rows on SQLite',
    {
      'maps as they are': () => plain.post.findMany(),
      'texts in a locale': () => translated.post.findMany(),
    },
    { calls: 20, rounds: 41 },
  )
  const { id } = await prisma.post.findFirstOrThrow()
  const [plainUow, translatedUow] = [createUnitOfWork(plain), createUnitOfWork(translated)]
  await compareAsync(
    'update of one row on SQLite',
    {
      'a plain one in run': () =>
        plainUow.run(() => plain.post.update({ where: { id }, data: { views: 1 } })),
      'a text in run': () =>
        translatedUow.run(() => translated.post.update({ where: { id }, data: { title: { de: 'x' } } })),
      'a text': () => translated.post.update({ where: { id }, data: { title: { de: 'x' } } }),
      'a text and a number': () =>
        translated.post.update({ where: { id }, data: { title: { de: 'x' }, views: 1 } }),
      'a number': () => translated.post.update({ where: { id }, data: { views: 1 } }),
    },
    { calls: 20, rounds: 31 },
  )
}
