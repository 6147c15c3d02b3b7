import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmptyDatabase, migratedDatabase, providers } from '../../test/databases.ts'
import { datamodelOf } from '../../test/filter/odd/dmmf.ts'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { migrate } from '../migrate/migrate.ts'
import { mixins } from '../mixins/mixins.ts'
import type { Finding } from './finding.ts'
import { lintClient, lintSchema } from './lint-schema.ts'

const schemaOf = (models: string, provider = 'postgresql') =>
  `datasource db {\n  provider = "${provider}"\n}\n${models}`

/** `rule field`, of a model called Article. */
const rulesOf = (fields: string, declared: unknown, provider?: string) =>
  lintSchema(schemaOf(`model Article {\n id Int @id\n${fields}\n}`, provider), { article: declared }).map(
    ({ rule, field }) => `${rule} ${field}`,
  )
const sqlOf = (findings: readonly Finding[]) => findings.map(({ sql }) => sql)

describe('columns', () => {
  test('that a mixin needs and the schema lacks', () => {
    const all = {
      timestamps: true,
      softDelete: true,
      slug: { from: 'title' },
      translatable: ['body'],
      version: true,
      publishable: true,
    }
    expect(rulesOf('', all)).toEqual([
      'column-missing createdAt',
      'column-missing updatedAt',
      'column-missing deletedAt',
      'column-missing slug',
      'column-missing title',
      'column-missing body',
      'column-missing version',
      'column-missing publishedAt',
    ])
  })

  test('under names of their own', () => {
    const declared = {
      timestamps: { createdAt: 'made' },
      softDelete: { field: 'gone' },
      slug: { from: ['a', 'b'], field: 'path' },
      version: { field: 'edition' },
      publishable: { field: 'out' },
    }
    expect(rulesOf('', declared).map((each) => each.split(' ')[1])).toEqual([
      'made',
      'updatedAt',
      'gone',
      'path',
      'a',
      'b',
      'edition',
      'out',
    ])
  })

  test.each([
    ['deletedAt String?', { softDelete: true }, 'column-type deletedAt'],
    ['deletedAt DateTime\n@@index([deletedAt])', { softDelete: true }, 'column-required deletedAt'],
    ['title String?', { translatable: ['title'] }, 'column-type title'],
    ['title Json[]', { translatable: ['title'] }, 'column-type title'],
    ['title Json', { translatable: ['title'] }, 'column-required title'],
    ['title String\nslug Int @unique', { slug: { from: 'title' } }, 'column-type slug'],
    ['version BigInt', { version: true }, 'column-type version'],
    ['version Int?', { version: true }, 'column-optional version'],
    ['publishedAt DateTime', { publishable: true }, 'column-required publishedAt'],
    ['updatedAt DateTime\ncreatedAt Int', { timestamps: true }, 'column-type createdAt'],
  ])('%s', (fields, declared, finding) => {
    expect(rulesOf(fields, declared)).toContain(finding)
  })

  test('that are as they should be, and mixins that are off', () => {
    const fields = `
      createdAt DateTime @default(now())
      updatedAt DateTime @updatedAt
      deletedAt DateTime?
      publishedAt DateTime?
      title Json?
      slug String @unique
      version Int @default(1)
      @@index([deletedAt])`
    const all = {
      timestamps: true,
      softDelete: true,
      translatable: ['title'],
      version: true,
      publishable: true,
    }
    expect(rulesOf(fields, { ...all, slug: { from: 'title' } })).toEqual([])
    expect(rulesOf('', { timestamps: false, softDelete: false, slug: undefined, version: false })).toEqual([])
  })
})

describe('a unique that deleted rows occupy', () => {
  const live = 'deletedAt DateTime?\n@@index([deletedAt])\n'
  const softDelete = { softDelete: true }

  test('is found at a field and at the model', () => {
    expect(rulesOf(`${live}email String @unique`, softDelete)).toEqual(['unique-blocks-reuse email'])
    expect(rulesOf(`${live}a Int\nb Int\n@@unique([a, b])`, softDelete)).toEqual(['unique-blocks-reuse a+b'])
    expect(rulesOf(`${live}a Int\n@@unique(fields: [a(sort: Desc)])`, softDelete)).toEqual([
      'unique-blocks-reuse a',
    ])
  })

  test('is no finding without soft delete, with a partial index, or over a generated column', () => {
    expect(rulesOf(`${live}email String @unique`, {})).toEqual([])
    const partial = `${live}email String\n@@unique([email], where: { deletedAt: null })`
    expect(rulesOf(partial, softDelete)).toEqual([])
    const raw =
      'removedAt DateTime? @map("gone")\n@@index([removedAt])\ne Int\n@@unique([e], where: raw("gone IS NULL"))'
    expect(rulesOf(raw, { softDelete: { field: 'removedAt' } })).toEqual([])
    const generated = `${live}email String\nemailLive String? @unique @default(dbgenerated())`
    expect(rulesOf(generated, softDelete, 'mysql')).toEqual([])
  })

  test('is one although it is partial, when that is about something else', () => {
    const fields = `${live}email String\nok Boolean\n@@unique([email], where: { ok: true })`
    expect(rulesOf(fields, softDelete)).toEqual(['unique-blocks-reuse email'])
  })

  test('is none for the slug, which is numbered around those of deleted rows, nor with the key in it', () => {
    const fields = `${live}title String\nslug String @unique\n@@unique([id, title])`
    expect(rulesOf(fields, { softDelete: true, slug: { from: 'title' } })).toEqual([])
  })

  test('must stay where foreign keys refer to it', () => {
    const text = schemaOf(`model Article {
      id Int @id
      code String @unique
      notes Note[]
      ${live}
    }
    model Note {
      id Int @id
      code String
      article Article @relation(fields: [code], references: [code])
    }`)
    const [finding] = lintSchema(text, { article: softDelete })
    expect(finding).toMatchObject({
      rule: 'unique-blocks-reuse',
      message: expect.stringContaining('must stay'),
    })
    expect(finding).not.toHaveProperty('sql')
  })

  test('has no remedy on MySQL where a relation needs it, or the type cannot be unique', () => {
    const owner = 'owner User @relation(fields: [ownerId], references: [id])\nownerId Int @unique\n'
    const text = schemaOf(
      `model User {\n id Int @id\n}\nmodel Article {\n id Int @id\n${owner}${live}}`,
      'mysql',
    )
    expect(sqlOf(lintSchema(text, { article: softDelete }))).toEqual([undefined])
    const long = `${live}body String @db.Text\n@@unique([body(length: 20)])`
    expect(rulesOf(long, softDelete, 'mysql')).toEqual(['unique-blocks-reuse body'])
  })

  test('with the date of deletion in it forbids nothing', () => {
    expect(rulesOf(`${live}email String\n@@unique([email, deletedAt])`, softDelete)).toEqual([
      'unique-never-holds email+deletedAt',
    ])
  })
})

test('a slug without a unique is found; one for each tenant will do', () => {
  const slug = { slug: { from: 'title' } }
  expect(rulesOf('title String\nslug String', slug)).toEqual(['slug-not-unique slug'])
  expect(rulesOf('title String\nslug String\nt Int\n@@unique([t, slug])', slug)).toEqual([])
})

test('the date of deletion needs an index, be it with other columns', () => {
  expect(rulesOf('deletedAt DateTime?', { softDelete: true })).toEqual([
    'soft-delete-without-index deletedAt',
  ])
  expect(rulesOf('deletedAt DateTime?\n@@index([id, deletedAt])', { softDelete: true })).toEqual([])
})

describe('the SQL', () => {
  test('has the names of the database', () => {
    const text = schemaOf(`model Article {
      id Int @id
      email String @unique(map: "the mail") @map("e-mail")
      a Int
      b Int @map("B")
      removed DateTime? @map("gone")
      @@unique([a, b])
      @@map("articles")
      @@schema("blog")
    }`)
    expect(sqlOf(lintSchema(text, { article: { softDelete: { field: 'removed' } } }))).toEqual([
      `-- schema.prisma: @@unique([email], where: { removed: null }, map: "the mail") instead of this unique,
-- and previewFeatures = ["partialIndexes"] in the generator
DROP INDEX "blog"."the mail";
CREATE UNIQUE INDEX "the mail" ON "blog"."articles"("e-mail") WHERE "gone" IS NULL;`,
      `-- schema.prisma: @@unique([a, b], where: { removed: null }) instead of this unique,
-- and previewFeatures = ["partialIndexes"] in the generator
DROP INDEX "blog"."articles_a_B_key";
CREATE UNIQUE INDEX "articles_a_B_key" ON "blog"."articles"("a", "B") WHERE "gone" IS NULL;`,
      `-- schema.prisma: @@index([removed])
CREATE INDEX "articles_gone_idx" ON "blog"."articles"("gone");`,
    ])
  })

  test.each([
    ['String', '', 'VARCHAR(191)'],
    ['String', '@db.VarChar(20)', 'VARCHAR(20)'],
    ['Decimal', '@db.Decimal(10, 2)', 'DECIMAL(10, 2)'],
    ['Int', '@db.UnsignedSmallInt', 'SMALLINT UNSIGNED'],
    ['BigInt', '', 'BIGINT'],
    ['Color', '', "ENUM('red', 'it''s')"],
  ])('gives the generated column of MySQL the type of %s %s', (type, native, column) => {
    const text = schemaOf(
      `enum Color {\n red\n blue @map("it's")\n}
      model Article {\n id Int @id\n c ${type} @unique ${native}\n deletedAt DateTime?\n @@index([deletedAt])\n}`,
      'mysql',
    )
    const [sql] = sqlOf(lintSchema(text, { article: { softDelete: true } }))
    expect(sql).toContain(`ADD COLUMN \`cLive\` ${column} GENERATED ALWAYS AS`)
    expect(sql).toContain(`cLive ${type}? @unique @default(dbgenerated())${native && ` ${native}`}`)
  })

  test('cuts long names as Prisma does', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)]
    const text = schemaOf(
      `model Article {\n id Int @id\n ${a} Int\n ${b} Int\n deletedAt DateTime?\n @@unique([${a}, ${b}])\n}`,
    )
    const [sql] = sqlOf(lintSchema(text, { article: { softDelete: true } }))
    expect(sql).toContain(`DROP INDEX "${`Article_${a}_${b}`.slice(0, 59)}_key";`)
  })
})

describe('refused', () => {
  const text = schemaOf('model Article {\n id Int @id\n}')
  test.each([
    [{ artcle: {} }, 'there is no model "artcle"; there are: article'],
    [{ article: 5 }, 'must be an object'],
    [{ article: { softDelte: true } }, 'there is no mixin "softDelte"'],
    [{ article: { softDelete: 'x' } }, 'softDelete must be true or an object'],
    [{ article: { softDelete: { field: 1 } } }, 'field must be the name of a field'],
    [{ article: { slug: {} } }, 'slug needs `from`'],
    [{ article: { translatable: 'title' } }, 'translatable must be a list'],
    [{ constructor: {} }, 'there is no model "constructor"'],
  ])('%j', (declared, message) => {
    expect(() => lintSchema(text, declared)).toThrow(
      expect.objectContaining({ code: 'MIXIN_CONFIG', message: expect.stringContaining(message) }),
    )
  })

  test('a schema of another database, and what is no schema', () => {
    for (const schema of [schemaOf('', 'mongodb'), 'no schema at all', '']) {
      expect(() => lintSchema(schema, {})).toThrow(expect.objectContaining({ code: 'INVALID_SCHEMA' }))
    }
  })
})

describe.each(providers)('on %s, what it advises', (provider) => {
  let database: EmptyDatabase
  let prisma: PrismaClient
  let folder: string
  beforeAll(async () => {
    database = await migratedDatabase(provider)
    prisma = database.client()
    folder = await mkdtemp(join(tmpdir(), 'fastkit-lint-'))
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
    await rm(folder, { recursive: true })
  })

  test('frees the uniques of deleted rows, and of no others', async () => {
    const declared = { author: { softDelete: true }, book: { softDelete: { field: 'removedAt' } } } as const
    const findings = lintClient(prisma.$extends(mixins(declared)))
    expect(findings.map(({ model, field }) => `${model}.${field}`)).toEqual([
      'Author.email',
      'Author.deletedAt',
      'Book.authorId+title',
      'Book.removedAt',
    ])
    const migrations = fileURLToPath(new URL(`../../test/migrations/${provider}`, import.meta.url))
    await cp(migrations, folder, { recursive: true })
    await mkdir(join(folder, '20260102000000_lint'))
    await writeFile(join(folder, '20260102000000_lint/migration.sql'), sqlOf(findings).join('\n'))
    await migrate(database.adapter(), folder)

    const author = (deletedAt?: Date) =>
      prisma.author.create({ data: { name: '', email: 'a', ...(deletedAt && { deletedAt }) } })
    await author(new Date())
    await author(new Date())
    const { id: authorId } = await author()
    await expect(author()).rejects.toMatchObject({ code: 'P2002' })
    const book = (removedAt?: Date) =>
      prisma.book.create({ data: { title: 'a', authorId, ...(removedAt && { removedAt }) } })
    await book(new Date())
    await book(new Date())
    await book()
    await expect(book()).rejects.toMatchObject({ code: 'P2002' })
  })

  test('in the schema satisfies it, and Prisma', async () => {
    const text = await readFile(
      new URL(`../../test/prisma/.generated/${provider}.prisma`, import.meta.url),
      'utf8',
    )
    const declared = { author: { softDelete: true } }
    const advised = text
      .replace('@unique', '')
      .replace('books     Book[]', advice(lintSchema(text, declared)))
    expect(lintSchema(advised, declared)).toEqual([])
    const generator = 'previewFeatures = ["partialIndexes"]\n output = "unused"'
    const { models } = await datamodelOf(advised.replace(/output .*/, generator))
    expect(models.map(({ name }) => name)).toContain('Author')
  })
})

/** What the comments of the SQL say to write into the model Author. */
function advice(findings: readonly Finding[]): string {
  const comments =
    sqlOf(findings)
      .join('\n')
      .match(/(?<=^-- ).*$/gm) ?? []
  const parts = comments.join('\n').match(/\w+Live .*\)|@@(unique|index)\(.*?\](, where: \{.*?\})?\)/g) ?? []
  return `books Book[]\n${parts.join('\n')}`
}
