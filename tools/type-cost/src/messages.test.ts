import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { typescript7 } from './compilers.ts'

const db = resolve(import.meta.dirname, '../../../packages/db')

const given = `import type { PrismaClient } from '${db}/test/generated/sqlite/client.ts'
import { any, createRepository, mixins } from '${db}/src/index.ts'
declare const base: PrismaClient
const prisma = base.$extends(mixins({ author: { timestamps: true, softDelete: true } }))
const authors = createRepository(prisma, 'author')
const books = createRepository(prisma, 'book')
const readings = createRepository(prisma, 'reading')
const narrow = createRepository(prisma, 'author', { writable: { create: ['name', 'email'] } })
const tenants = createRepository(prisma, 'account', { scoped: () => ({ tenantId: 1 }) })
`

const own =
  '"city" | "createdAt" | "deletedAt" | "email" | "id" | "name" | "rating" | "updatedAt" | "version"'
const ofNumbers =
  '"__between" | "__eq" | "__gt" | "__gte" | "__in" | "__is_null" | "__lt" | "__lte" | "__ne" | "__not_in"'

/** A mistake, and what the compiler says to it. */
const mistakes: readonly (readonly [code: string, message: string])[] = [
  [`authors.filter({ nme: 'x' })`, `'UnknownField<"nme", "books" | ${own}>'`],
  [`authors.filter({ rating__startswith: 1 })`, `'UnknownLookup<"startswith", ${ofNumbers}>'`],
  [`authors.filter({ rating__gte: 'x' })`, `Type 'string' is not assignable to type 'number'`],
  [`books.filter({ author__nme: 'x' })`, `'UnknownField<"nme", "books" | ${own}>'`],
  [
    `books.filter({ author__rating__gte: 'x' })`,
    `Type 'string' is not assignable to type 'WrongValue<number>'`,
  ],
  [`books.filter({ author__rating__contains: 'x' })`, `'UnknownLookup<"contains", ${ofNumbers}>'`],
  [`authors.filter(any({ rating: 'x' }))`, `'WrongValue<number | null>'`],
  [`authors.filter({}, { orderBy: '-nope' })`, `'"-city" | "-createdAt" | "-deletedAt" | "-email" | "-id"`],
  [`books.filter({}, { orderBy: 'author__nme' })`, `Did you mean '"author__name"'?`],
  [`authors.filter({}, { limt: 5 })`, `Did you mean to write 'limit'?`],
  [`authors.get('1')`, `Argument of type 'string' is not assignable to parameter of type 'number'`],
  [`authors.create({ name: 'A' })`, `Property 'email' is missing`],
  [`authors.create({ name: 'A', email: 'a', nme: 1 })`, `Did you mean to write 'name'?`],
  [`authors.create({ name: 'A', email: 'a', createdAt: new Date() })`, `'createdAt' does not exist in type`],
  [`authors.create({ name: 'A', email: 'a', books: {} })`, `'books' does not exist in type '{ id?: number`],
  [
    `narrow.create({ name: 'A', email: 'a', rating: 1 })`,
    `'rating' does not exist in type '{ name: string; email: string; }`,
  ],
  [`tenants.create({ code: 'a', tenantId: 2 })`, `'tenantId' does not exist in type '{ id?: number`],
  [`authors.update(1, { id: 2 })`, `'id' does not exist in type`],
  [
    `authors.increment(1, { name: 1 })`,
    `'name' does not exist in type '{ readonly id?: number; readonly rating?: number; readonly version?: number; }'`,
  ],
  [
    `authors.aggregate({}, { _sum: { name: true } })`,
    `'name' does not exist in type 'AuthorSumAggregateInputType`,
  ],
  [`readings.restore('a')`, `parameter of type 'MissingMixin<"softDelete">'`],
  [`createRepository(prisma, 'auther')`, `Argument of type '"auther"' is not assignable`],
  [
    `createRepository(prisma, 'author', { nestedWrites: ['book'] })`,
    `Type '"book"' is not assignable to type '"books"'`,
  ],
  [`createRepository(prisma, 'author', { writable: { create: ['nme'] } })`, `Did you mean '"name"'?`],
  [`createRepository(prisma, 'author', { maxPerPag: 3 })`, `Did you mean to write 'maxPerPage'?`],
  [
    `createRepository(prisma, 'account', { scoped: () => ({ tenant: 3 }) })`,
    `Type '{ tenant: number; }' has no properties in common`,
  ],
  [`base.$extends(mixins({ authr: { softDelete: true } }))`, `Did you mean to write 'author'?`],
  [`base.$extends(mixins({ book: { softDelete: true } }))`, `'MissingField<"deletedAt DateTime">`],
]

let folder: string
let told: ReadonlyMap<number, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fastkit-messages-'))
  const program = given + mistakes.map(([code]) => `void ${code}\n`).join('')
  await writeFile(join(folder, 'mistakes.mts'), program)
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve(db, '../../tsconfig.base.json'),
      compilerOptions: {
        isolatedDeclarations: false,
        declaration: false,
        typeRoots: [resolve(db, '../../node_modules/@types')],
        rewriteRelativeImportExtensions: false,
      },
      files: ['mistakes.mts'],
    }),
  )
  told = messagesByLine(await compile(folder))
})
afterAll(() => rm(folder, { recursive: true }))

test.each(mistakes.map(([code, message], at) => ({ code, message, at })))('$code', ({ message, at }) => {
  expect(told.get(given.split('\n').length + at)).toContain(message)
})

test('nothing else is a mistake', () => {
  const first = given.split('\n').length
  expect([...told].filter(([line]) => line < first || line >= first + mistakes.length)).toEqual([])
})

function compile(project: string): Promise<string> {
  const { tsc, flags } = typescript7()
  const options = [tsc, '-p', project, '--pretty', 'false', ...flags]
  return new Promise((done) => {
    execFile(process.execPath, options, { cwd: project }, (_error, stdout) => done(stdout))
  })
}

/** A message and the lines that explain it, by the line of the program. */
function messagesByLine(output: string): ReadonlyMap<number, string> {
  const messages = new Map<number, string>()
  let line = 0
  for (const text of output.split('\n')) {
    line = Number(/^mistakes\.mts\((\d+),/.exec(text)?.[1] ?? line)
    if (text !== '') messages.set(line, `${messages.get(line) ?? ''}${text}\n`)
  }
  return messages
}
