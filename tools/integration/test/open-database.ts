import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaClient } from '../src/generated/sqlite/client.ts'

const tables = [
  'CREATE TABLE "Client" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL, "city" TEXT)',
  `CREATE TABLE "Invoice" ("id" TEXT PRIMARY KEY, "clientId" INTEGER NOT NULL REFERENCES "Client" ("id"),
    "status" TEXT NOT NULL, "totalCents" INTEGER NOT NULL, "rate" DECIMAL, "views" BIGINT NOT NULL DEFAULT 0,
    "paid" BOOLEAN NOT NULL DEFAULT false, "dueOn" DATETIME NOT NULL)`,
  `CREATE TABLE "InvoiceItem" ("id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "invoiceId" TEXT NOT NULL REFERENCES "Invoice" ("id"), "description" TEXT NOT NULL)`,
  'CREATE TABLE "Note" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "version" INTEGER NOT NULL DEFAULT 1)',
  'CREATE UNIQUE INDEX "Note_title_key" ON "Note" ("title")',
  'CREATE TABLE "Article" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "slug" TEXT NOT NULL DEFAULT \'\')',
  'CREATE UNIQUE INDEX "Article_slug_key" ON "Article" ("slug")',
]

/** A database of a test's own, with empty tables. */
export async function openDatabase(
  options: { errorFormat?: 'minimal' } = {},
): Promise<{ prisma: PrismaClient; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'fastkit-integration-'))
  const url = `file:${join(folder, 'test.db')}`
  const adapter = new PrismaLibSql({ url, intMode: 'bigint', timeout: 5000 })
  const prisma = new PrismaClient({ ...options, adapter })
  for (const table of tables) await prisma.$executeRawUnsafe(table)
  return {
    prisma,
    async close() {
      await prisma.$disconnect()
      await rm(folder, { recursive: true })
    },
  }
}
