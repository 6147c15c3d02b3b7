import { describe, expect, test } from 'vitest'
import type { Provider } from '../../metadata/metadata.ts'
import { readSchema } from '../../metadata/read-schema.ts'
import { isSlugTaken } from './is-slug-taken.ts'
import type { Slug } from './resolve-slug.ts'
import { type SlugTable, slugTablesOf } from './slug-tables.ts'

const slug: Slug = { field: 'slug', from: ['title'], maxLength: 80, reserved: new Set(), onUpdate: false }
const fields = ['id', 'tenantId', 'title', 'slug', 'slugLive', 'email', 'deletedAt']

/** What is known of a model with a slug, declared in lines of a schema. */
function tableOf(lines: readonly string[], provider: Provider = 'sqlite'): SlugTable {
  const schema = `model Post {\n  id Int @id\n  title String\n${lines.join('\n')}\n}`
  const declared = fields.filter((name) => new RegExp(`^ +${name} `, 'm').test(schema))
  const runtime = {
    models: { Post: { fields: declared.map((name) => ({ name, kind: 'scalar', type: 'String' })) } },
  }
  const metadata = readSchema(schema, { provider, runtime })
  return slugTablesOf(metadata, new Map([['Post', { slug, softDelete: 'deletedAt' }]])).get(
    'Post',
  ) as SlugTable
}

const deletedAt = '  deletedAt DateTime?'

describe('the unique of a slug', () => {
  test('may hold for all rows, which deleted ones keep their slugs of', () => {
    expect(tableOf(['  slug String @unique', deletedAt])).not.toHaveProperty('deletedAt')
  })

  test('may hold for live rows, by a partial index or by a column that MySQL generates', () => {
    const partial = tableOf(['  slug String', deletedAt, '  @@unique([slug], where: { deletedAt: null })'])
    const generated = tableOf(
      ['  slug String', '  slugLive String? @unique @default(dbgenerated())', deletedAt],
      'mysql',
    )
    for (const table of [partial, generated])
      expect(table).toMatchObject({ beside: [], deletedAt: 'deletedAt' })
  })

  test('may have other fields', () => {
    const lines = ['  tenantId Int', '  slug String', '  @@unique([tenantId, slug])']
    expect(tableOf(lines)).toMatchObject({ beside: ['tenantId'] })
  })

  test('must be there', () => {
    expect(() => tableOf(['  slug String'])).toThrow(
      expect.objectContaining({
        code: 'MIXIN_CONFIG',
        message: 'mixins: "slug" of post needs @unique in schema.prisma',
      }),
    )
  })
})

describe('a violation', () => {
  const table = tableOf(['  slug String @unique', '  email String @unique(map: "one_each")'])
  const mapped = tableOf(['  slug String @unique(map: "one_slug")', '  @@map("posts")'])
  const generated = tableOf(['  slug String', '  slugLive String? @unique'], 'mysql')
  const sqlite = (text: string) => ({
    constraint: { fields: text.split(', ').map((name) => name.split('.')[1]) },
    originalMessage: `UNIQUE constraint failed: ${text}`,
  })

  test.each([
    ['of its index', table, { constraint: { index: 'Post_slug_key' } }, true],
    ['of its index, by the name the schema gives it', mapped, { constraint: { index: 'one_slug' } }, true],
    ['of the generated column', generated, { constraint: { index: 'Post_slugLive_key' } }, true],
    ['of its column', table, sqlite('Post.slug'), true],
    ['of its column and others', table, sqlite('Post.tenantId, Post.slug'), false],
    ['of its column in a table of another name', mapped, sqlite('posts.slug'), true],
    ['of the same column of another table', table, sqlite('Page.slug'), false],
    ['of the same column of a table with a longer name', table, sqlite('OldPost.slug'), false],
    ['of the same index of another table', table, { constraint: { index: 'Page_slug_key' } }, false],
    ['of another index', table, { constraint: { index: 'Post_email_key' } }, false],
    ['of another index, by its name', table, { constraint: { index: 'one_each' } }, false],
    ['of nothing that is told', table, {}, false],
  ])('%s', (_, of, adapter, taken) => {
    const cause = { kind: 'UniqueConstraintViolation', ...adapter }
    // The model that Prisma names is another one.
    const meta = { modelName: 'User', driverAdapterError: { cause } }
    const error = Object.assign(new Error(), { name: 'PrismaClientKnownRequestError', code: 'P2002', meta })
    expect(isSlugTaken(error, of)).toBe(taken)
    const other = { ...error, name: 'PrismaClientKnownRequestError', code: 'P2003' }
    expect(isSlugTaken(Object.assign(new Error(), other, { meta: {} }), of)).toBe(false)
  })
})
