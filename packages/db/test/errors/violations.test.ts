import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseNames, failure, modelOf, openDatabase, sql, type TestDatabase } from './databases.ts'

describe.each(databaseNames)('on %s', (name) => {
  let database: TestDatabase
  let authorId: number
  const checksValues = name === 'postgresql' || name === 'mysql' // SQLite stores what it is given
  const author = () => modelOf(database.client, 'author')
  const book = () => modelOf(database.client, 'book')
  const run = (statement: string) => database.client.$executeRawUnsafe(sql(name, statement))

  beforeAll(async () => {
    database = await openDatabase(name)
    await run('CREATE UNIQUE INDEX "one_name_per_city" ON "Author"("name", "city")')
    await run('CREATE TABLE "Stock" ("amount" INTEGER CHECK ("amount" >= 0))')
    if (name === 'postgresql') await run('ALTER TABLE "Author" ALTER COLUMN "city" TYPE varchar(8)')
    if (name === 'mysql') await run('ALTER TABLE "Author" MODIFY "city" varchar(8)')
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await database.client.book.deleteMany()
    await database.client.author.deleteMany()
    const ann = await database.client.author.create({ data: { name: 'Ann', email: 'ann@x', city: 'Rome' } })
    authorId = ann.id
    await database.client.book.create({ data: { title: 'One', authorId } })
  })

  test('a value that is taken names its field, in params and as an issue', async () => {
    const error = await failure(
      database.client.author.create({ data: { name: 'Bo', email: 'ann@x' } }),
      author(),
    )
    expect(error).toMatchObject({
      code: 'UNIQUE_VIOLATION',
      kind: 'conflict',
      message: 'Another Author has the same email',
      params: { model: 'Author', fields: ['email'] },
      issues: [{ path: ['email'], code: 'UNIQUE', message: 'Is already taken' }],
      cause: { code: 'P2002' },
    })
  })

  test('a composite unique names all its fields', async () => {
    const error = await failure(database.client.book.create({ data: { title: 'One', authorId } }), book())
    expect(error.params).toEqual({ model: 'Book', fields: ['authorId', 'title'] })
    expect(error.issues?.map(({ path }) => path)).toEqual([['authorId'], ['title']])
  })

  test('a unique with a name of its own names its fields, once it was declared', async () => {
    const uniques = [{ name: 'one_name_per_city', fields: ['name', 'city'] }]
    const twin = database.client.author.create({ data: { name: 'Ann', email: 'other@x', city: 'Rome' } })
    const error = await failure(twin, { ...author(), uniques })
    expect(error.params).toEqual({ model: 'Author', fields: ['name', 'city'] })
  })

  test('a primary key that is taken is a unique violation of the id', async () => {
    const twin = database.client.author.create({ data: { id: authorId, name: 'Bo', email: 'bo@x' } })
    expect((await failure(twin, author())).params).toEqual({ model: 'Author', fields: ['id'] })
  })

  test('a nested write that fails on another model blames no field of this one', async () => {
    const books = { create: [{ title: 'Two' }, { title: 'Two' }] }
    const error = await failure(
      database.client.author.create({ data: { name: 'Bo', email: 'bo@x', books } }),
      author(),
    )
    expect(error).toMatchObject({ code: 'UNIQUE_VIOLATION', params: { fields: [] } })
    expect(error.issues).toBeUndefined()
  })

  test('the same violation in raw SQL has the same code', async () => {
    const insert = `INSERT INTO "Author" ("name", "email", "updatedAt") VALUES ('Bo', 'ann@x', CURRENT_TIMESTAMP)`
    expect(await failure(run(insert))).toMatchObject({ code: 'UNIQUE_VIOLATION', kind: 'conflict' })
  })

  test('a parent that is missing is a conflict, and names the field where the database does', async () => {
    const error = await failure(database.client.book.create({ data: { title: 'Two', authorId: -1 } }), book())
    expect(error).toMatchObject({ code: 'FOREIGN_KEY_VIOLATION', kind: 'conflict' })
    expect(error.params).toEqual({ model: 'Book', ...(checksValues && { fields: ['authorId'] }) })
  })

  test('so is a parent that still has children', async () => {
    const error = await failure(database.client.author.delete({ where: { id: authorId } }), author())
    expect(error).toMatchObject({ code: 'FOREIGN_KEY_VIOLATION', kind: 'conflict' })
    expect(error.params).toEqual({ model: 'Author' })
  })

  test('a required column without a value is named', async () => {
    const insert = `INSERT INTO "Author" ("name", "email", "updatedAt") VALUES ('Bo', NULL, CURRENT_TIMESTAMP)`
    expect(await failure(run(insert), author())).toMatchObject({
      code: 'NOT_NULL_VIOLATION',
      kind: 'invalid',
      params: { fields: ['email'] },
      issues: [{ path: ['email'], code: 'REQUIRED', message: 'Is required' }],
    })
  })

  test('a check of the table that fails is invalid', async () => {
    expect(await failure(run('INSERT INTO "Stock" VALUES (-5)'))).toMatchObject({
      code: 'CHECK_VIOLATION',
      kind: 'invalid',
    })
  })

  test.runIf(checksValues)('a text that is too long is invalid', async () => {
    const update = database.client.author.update({
      where: { id: authorId },
      data: { city: 'Constantinople' },
    })
    const error = await failure(update, author())
    expect(error).toMatchObject({ code: 'VALUE_TOO_LONG', kind: 'invalid' })
    expect(error.params).toEqual({ model: 'Author', fields: name === 'mysql' ? ['city'] : [] })
  })

  test.runIf(checksValues)('a number that is too large is invalid', async () => {
    const update = database.client.author.update({ where: { id: authorId }, data: { rating: 3_000_000_000 } })
    expect(await failure(update, author())).toMatchObject({ code: 'VALUE_OUT_OF_RANGE', kind: 'invalid' })
  })

  test('an integer of more than 64 bits is out of range everywhere', async () => {
    const data = { id: 'a', takenAt: new Date(0), level: 1, serial: 2n ** 70n, price: '1', ok: true }
    const error = await failure(database.client.reading.create({ data }), modelOf(database.client, 'reading'))
    expect(error).toMatchObject({ code: 'VALUE_OUT_OF_RANGE', kind: 'invalid' })
  })

  test.runIf(name === 'postgresql')('NUL is a text that cannot be stored, in JSON too', async () => {
    const text = database.client.author.update({ where: { id: authorId }, data: { name: 'a\0b' } })
    expect(await failure(text, author())).toMatchObject({ code: 'INVALID_TEXT', kind: 'invalid' })
    const data = { id: 'a', takenAt: new Date(0), level: 1, serial: 1n, price: '1', ok: true, meta: ['\0'] }
    const json = database.client.reading.create({ data })
    expect(await failure(json)).toMatchObject({ code: 'INVALID_TEXT', kind: 'invalid' })
  })

  test('a row that is not there is not found, also the one to be connected', async () => {
    const update = database.client.author.update({ where: { id: -1 }, data: { name: 'x' } })
    expect(await failure(update, author())).toMatchObject({
      code: 'NOT_FOUND',
      kind: 'not_found',
      message: 'There is no such Author',
      params: { model: 'Author' },
    })
    const connect = database.client.book.create({ data: { title: 'Two', author: { connect: { id: -1 } } } })
    expect((await failure(connect, book())).params).toEqual({ model: 'Author' })
  })

  test('arguments that Prisma refuses are our own mistake, and only the name of a field is repeated', async () => {
    const missing = database.client.author.create({ data: { name: 'hunter2' } as never })
    expect(await failure(missing, author())).toMatchObject({
      code: 'INVALID_QUERY',
      kind: 'internal',
      message: 'Prisma refused the arguments of a query on Author',
      params: { model: 'Author', argument: 'email' },
    })
    const unknown = database.client.author.update({ where: { id: 1 }, data: { hunter2: 1 } as never })
    expect((await failure(unknown, author())).params).toEqual({ model: 'Author' })
  })

  test('a table that is missing has no code of its own, but tells the code it had', async () => {
    expect(await failure(database.client.$queryRawUnsafe('SELECT * FROM nowhere'))).toMatchObject({
      code: 'DATABASE_ERROR',
      kind: 'internal',
      params: { code: expect.stringMatching(/^\w+$/) },
    })
  })
})
