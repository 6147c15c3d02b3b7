import type { Repository } from '@fastkit/contracts'
import { createRepository, mixins } from '@fastkit/db'
import { CrudService, withSlug } from '@fastkit/service'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../test/open-database.ts'

interface Article {
  id: number
  title: string
  slug: string
}
type ArticleCreate = { title: string; slug?: string }

const { prisma, close } = await openDatabase()
afterAll(close)
beforeEach(async () => void (await prisma.article.deleteMany()))

const titles = [
  'Đorđe, große Straße, Łódź', // Latin
  'Объявление: Ђорђе и Љиљана', // Cyrillic
  'Ἀριστοτέλης, Γειά σου Κόσμε', // Greek
  'Հայաստան և Երևան', // Armenian
  'ᲥᲐᲠᲗᲣᲚᲘ და თბილისი', // Georgian
  'می‌خواهم كِتَاب ٢٠٢٦', // Arabic
  'שלום, סֵפֶר', // Hebrew
  '𠮷野家 漢字', // Han
  'ひらがな がっこう', // Hiragana
  'コーヒー ガギグ', // Katakana
  '한국어 사랑', // Hangul
  'हिन्दी में क्षत्रिय', // Devanagari
  'বাংলা ভাষা', // Bengali
  'ਪੰਜਾਬੀ ਬੋਲੀ', // Gurmukhi
  'ગુજરાતી ભાષા', // Gujarati
  'தமிழ் மொழி', // Tamil
  'తెలుగు భాష', // Telugu
  'ಕನ್ನಡ ನುಡಿ', // Kannada
  'മലയാളം ഭാഷ', // Malayalam
  'ภาษาไทย น้ำ', // Thai
  'ພາສາລາວ', // Lao
  'မြန်မာ ဘာသာ', // Myanmar
  'አማርኛ ቋንቋ', // Ethiopic
  '👨‍👩‍👧 family 1️⃣ 🇷🇸 👍🏽',
  "  Don't -- stop, won’t/stop?! C++ & «Ёлка» … №5 50% ",
  'ａｂｃ 𝐁𝐨𝐥𝐝 ﬁne ½ ² Ⅷ ①',
  'a\u202Eb\u200Bc\u00ADd e\u0301',
  'New', // reserved
  'Straße '.repeat(58).slice(0, 400),
  'हिन्दी'.repeat(67).slice(0, 400),
  '𠮷'.repeat(200),
]

describe.each([16, 80])('in at most %i characters', (maxLength) => {
  const byMixin = createRepository(
    prisma.$extends(mixins({ article: { slug: { from: 'title', maxLength } } })),
    'article',
  )
  const SluggedService = withSlug(CrudService<Article, ArticleCreate, Partial<ArticleCreate>>, {
    from: 'title',
    maxLength,
  })
  const articles: Repository<
    Article,
    ArticleCreate,
    Partial<ArticleCreate>,
    Partial<Article>,
    number
  > = createRepository(prisma, 'article')
  const byService = new SluggedService({ repository: articles })

  test.each(titles)('the mixin and withSlug give %j, and %j again, the same slugs', async (title) => {
    const slugs = []
    for (const maker of [byMixin, byService]) {
      const made = [await maker.create({ title }), await maker.create({ title })]
      slugs.push(made.map(({ slug }) => slug))
      await prisma.article.deleteMany()
    }
    expect(slugs[0]).toEqual(slugs[1])
    expect(slugs[0]?.[1]).toMatch(/-[23]$/)
  })
})
