import { createUnitOfWork } from '../../src/context/unit-of-work.ts'
import { mixins } from '../../src/mixins/mixins.ts'
import { createRepository } from '../../src/repository/create-repository.ts'
import type { Posts } from './databases.ts'

/**
 * Edits one row at once in so many dialects of two languages, some directly, some by a repository, some in `run`, and
 * returns the texts that are not there afterwards.
 */
export async function lostEdits({ base }: Posts, dialects: number): Promise<string[]> {
  const locales = ['de', 'en'].flatMap((name) => Array.from({ length: dialects }, (_, at) => `${name}-${at}`))
  const declared = { post: { timestamps: true, translatable: ['title', 'body'] } } as const
  const prisma = base.$extends(mixins(declared, { locale: () => 'en', locales }))
  const uow = createUnitOfWork(prisma)
  const posts = createRepository(uow, 'post')
  const { id } = await posts.create({ slug: `edited ${dialects}` })
  const edits: readonly ((locale: string) => PromiseLike<unknown>)[] = [
    (locale) => prisma.post.inLocale(locale).update({ where: { id }, data: { title: locale } }),
    (locale) => posts.update(id, { title: { [locale]: locale }, views: 1 }),
    (locale) => posts.updateMany({ id }, { title: locale }, { locale }),
    (locale) => uow.run(() => posts.in(locale).update(id, { title: locale }), { maxWaitMs: 30_000 }),
  ]
  await Promise.all(locales.map((locale, at) => edits[at % edits.length]?.(locale)))
  const { title } = await base.post.delete({ where: { id } })
  return locales.filter((locale) => (title as Readonly<Record<string, unknown>> | null)?.[locale] !== locale)
}
