import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DbError } from '../../src/errors.ts'
import { PrismaClient as MysqlClient } from '../generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from '../generated/postgresql/client.ts'
import { databaseNames, failure, modelOf, openDatabase, sql, type TestDatabase } from './databases.ts'

/** Numbered, so that a leak tells where it came from. */
const secret = (number: number) => `hunter${number}planted`

describe.each(databaseNames)('on %s', (name) => {
  let database: TestDatabase
  const run = (statement: string) => database.client.$executeRawUnsafe(sql(name, statement))
  const isServer = name === 'postgresql' || name === 'mysql'

  beforeAll(async () => {
    database = await openDatabase(name)
    await run(`CREATE UNIQUE INDEX "${secret(1)}" ON "Author"("city")`)
    await run(`CREATE TABLE "${secret(2)}" ("n" INTEGER, CONSTRAINT "${secret(3)}" CHECK ("n" > 0))`)
    if (name === 'postgresql') await run('ALTER TABLE "Author" ALTER COLUMN "name" TYPE varchar(40)')
    if (name === 'mysql') await run('ALTER TABLE "Author" MODIFY "name" varchar(40) NOT NULL')
  })
  afterAll(() => database.drop())

  test('what the database and Prisma say of values, names and passwords stays in the cause', async () => {
    const errors: DbError[] = []
    const fails = async (...calls: Promise<unknown>[]) => {
      for (const call of calls) {
        const caught = call.catch((error: unknown) => Promise.reject(error))
        for (const model of [modelOf(database.client, 'author'), undefined])
          errors.push(await failure(caught, model))
      }
    }
    const { author, book, reading } = database.client
    const ann = { name: secret(4), email: secret(5), city: secret(6) }
    const { id } = await author.create({ data: ann })
    await book.create({ data: { title: secret(7), authorId: id } })

    await fails(
      author.create({ data: { ...ann, city: null } }),
      author.create({ data: { ...ann, email: secret(8) } }),
      book.create({ data: { title: secret(7), authorId: id } }),
      book.create({ data: { title: secret(9), authorId: -1 } }),
      author.delete({ where: { id, name: secret(4) } }),
      author.update({ where: { email: secret(10) }, data: { name: secret(11) } }),
      author.create({ data: { name: secret(12), email: 1 as never, [secret(13)]: secret(14) } }),
      author.findMany({ where: { [secret(15)]: secret(16) } }),
      author.findMany({ orderBy: { name: secret(17) as never } }),
      run(`INSERT INTO "${secret(2)}" VALUES (-5)`),
      author.upsert({ where: { email: secret(40) }, create: { ...ann, name: secret(41) }, update: {} }),
      author.createMany({
        data: [
          { ...ann, name: secret(42) },
          { name: secret(43), email: secret(44) },
        ],
      }),
      book.update({ where: { id: -1 }, data: { title: secret(45) } }),
      book.create({ data: { title: secret(46), author: { connect: { email: secret(47) } } } }),
      author.findMany({ select: { [secret(48)]: true } as never, where: { name: secret(49) } }),
      reading.create({ data: { id: secret(50) } as never }),
      run(
        `INSERT INTO "Author" ("name", "email", "updatedAt") VALUES ('${secret(18)}', NULL, CURRENT_TIMESTAMP)`,
      ),
      run(`SELECT '${secret(19)}' FROM "${secret(20)}"`),
      run(`SELECT "${secret(21)}" FROM "Author" WHERE "name" = '${secret(22)}'`),
      run(`${secret(23)} '${secret(24)}'`),
      database.client.$queryRawUnsafe(sql(name, `SELECT * FROM "${secret(25)}" WHERE x = '${secret(26)}'`)),
      reading.create({
        data: { id: secret(27), takenAt: new Date(0), level: 1, serial: 2n ** 70n, price: '1', ok: true },
      }),
    )
    if (isServer) await fails(author.update({ where: { id }, data: { name: secret(28).repeat(9) } }))
    if (name === 'postgresql')
      await fails(author.update({ where: { id }, data: { name: `${secret(29)}\0` } }))
    for (const client of strangers(name, database.url)) await fails(client.author.count())

    expect(errors.length).toBeGreaterThanOrEqual(32)
    for (const error of errors) {
      const { code, message, params, issues, cause } = error
      const shown = JSON.stringify([String(error), code, message, params, issues])
      expect(shown).not.toMatch(/hunter|planted|SELECT|INSERT|constraint|index|127\.0\.0\.1|localhost|\.ts:/i)
      expect(cause).toBeInstanceOf(Error)
    }
  })
})

/** Clients that nobody lets in. */
function strangers(name: string, url: string): PostgresqlClient[] {
  const stranger = new URL(url)
  stranger.username = secret(30)
  stranger.password = secret(31)
  const nowhere = `//${secret(32)}:${secret(33)}@127.0.0.1:1/${secret(34)}`
  const missing = new URL(url)
  missing.pathname = `/${secret(35)}`
  const unknownHost = `//${secret(36)}:${secret(37)}@${secret(38)}.invalid/${secret(39)}`
  const urls = [
    stranger.href,
    `${stranger.protocol}${nowhere}`,
    missing.href,
    `${stranger.protocol}${unknownHost}`,
  ]
  if (name === 'postgresql') return urls.map((at) => new PostgresqlClient({ adapter: new PrismaPg(at) }))
  if (name !== 'mysql') return []
  return urls.map((at) => {
    const limited = `${at.replace(/^mysql:/, 'mariadb:')}?acquireTimeout=150`
    return new MysqlClient({ adapter: new PrismaMariaDb(limited) }) as unknown as PostgresqlClient
  })
}
