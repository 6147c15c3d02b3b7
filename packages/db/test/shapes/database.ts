import type { Provider } from '../adapters.ts'
import { emptyDatabase } from '../databases.ts'
import { PrismaClient as MysqlClient } from './generated/mysql/client.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'

export interface ShapesDatabase {
  readonly client: PrismaClient
  drop(): Promise<void>
}

/** A database with models of shapes that are easily forgotten. */
export async function shapesDatabase(provider: Provider): Promise<ShapesDatabase> {
  const { adapter, drop } = await emptyDatabase(provider)
  const Client = { sqlite: PrismaClient, postgresql: PostgresqlClient, mysql: MysqlClient }[
    provider
  ] as typeof PrismaClient
  const client = new Client({ adapter: adapter() })
  for (const statement of tablesOn(provider)) {
    await client.$executeRawUnsafe(provider === 'mysql' ? statement.replaceAll('"', '`') : statement)
  }
  return {
    client,
    async drop() {
      await client.$disconnect()
      await drop()
    },
  }
}

// biome-ignore format: a table is a line
function tablesOn(provider: Provider): string[] {
  const auto = { sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT', postgresql: 'SERIAL PRIMARY KEY', mysql: 'INT AUTO_INCREMENT PRIMARY KEY' }[provider]
  const text = provider === 'mysql' ? 'VARCHAR(191)' : 'TEXT'
  const date = { sqlite: 'DATETIME', postgresql: 'TIMESTAMP(3)', mysql: 'DATETIME(3)' }[provider]
  const double = { sqlite: 'REAL', postgresql: 'DOUBLE PRECISION', mysql: 'DOUBLE' }[provider]
  const decimal = provider === 'sqlite' ? 'DECIMAL' : 'DECIMAL(65,30)'
  const int = provider === 'sqlite' ? 'INTEGER' : 'INT'
  const json = provider === 'postgresql' ? 'JSONB' : 'JSON'
  const kind = { sqlite: 'TEXT', postgresql: '"Kind"', mysql: "ENUM('uno','two')" }[provider]
  return [
    ...(provider === 'postgresql' ? [`CREATE TYPE "Kind" AS ENUM ('uno','two')`] : []),
    `CREATE TABLE "Tenant" ("id" ${int} PRIMARY KEY, "name" ${text} NOT NULL)`,
    `CREATE TABLE "Country" ("id" ${int} PRIMARY KEY, "name" ${text} NOT NULL, "capitalId" ${int})`,
    `CREATE TABLE "Customer" ("id" ${auto}, "tenantId" ${int} NOT NULL, "code" ${text} NOT NULL, "countryId" ${int}, "bossId" ${int}, UNIQUE ("tenantId", "id"), FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id"), FOREIGN KEY ("countryId") REFERENCES "Country"("id") ON DELETE SET NULL, FOREIGN KEY ("bossId") REFERENCES "Customer"("id"))`,
    `CREATE TABLE "Invoice" ("id" ${auto}, "tenantId" ${int} NOT NULL, "note" ${text} NOT NULL, "customerId" ${int}, FOREIGN KEY ("tenantId", "customerId") REFERENCES "Customer"("tenantId", "id"))`,
    `CREATE TABLE "Product" ("id" ${auto}, "tenantId" ${int} NOT NULL, "name" ${text} NOT NULL)`,
    `CREATE TABLE "Line" ("id" ${auto}, "invoiceId" ${int} NOT NULL, "productId" ${int} NOT NULL, FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id"), FOREIGN KEY ("productId") REFERENCES "Product"("id"))`,
    `CREATE TABLE "Tag" ("id" ${auto}, "tenantId" ${int} NOT NULL, "name" ${text} NOT NULL)`,
    `CREATE TABLE "_CustomerToTag" ("A" ${int} NOT NULL, "B" ${int} NOT NULL, PRIMARY KEY ("A", "B"), FOREIGN KEY ("A") REFERENCES "Customer"("id") ON DELETE CASCADE, FOREIGN KEY ("B") REFERENCES "Tag"("id") ON DELETE CASCADE)`,
    `CREATE TABLE "Big" ("id" ${int} PRIMARY KEY, "big" BIGINT NOT NULL, "dec" ${decimal} NOT NULL, "at" ${date} NOT NULL, "kind" ${kind} NOT NULL, "opt" ${int}, "parentId" ${int})`,
    `CREATE TABLE "Kv" ("code" ${text} PRIMARY KEY, "value" ${int} NOT NULL, "name" ${text})`,
    `CREATE TABLE "Weird" ("uuid" ${text} PRIMARY KEY, "id" ${int} NOT NULL, "a" ${int} NOT NULL, "b" ${int} NOT NULL, UNIQUE ("a", "b"))`,
    `CREATE TABLE "Member" ("id" ${auto}, "name" ${text} NOT NULL, "email" ${text} NOT NULL, "city" ${text}, "rating" ${int}, "bio" ${json}, "slug" ${text} NOT NULL, "version" ${int} NOT NULL, "publishedAt" ${date}, "createdAt" ${date} NOT NULL, "updatedAt" ${date} NOT NULL, "deletedAt" ${date})`,
    `CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email")`,
    `CREATE UNIQUE INDEX "Member_slug_key" ON "Member"("slug")`,
    `CREATE TABLE "Num" ("id" BIGINT PRIMARY KEY, "i" ${int} NOT NULL, "b" BIGINT NOT NULL, "f" ${double} NOT NULL, "d" ${decimal} NOT NULL, "t" ${text} NOT NULL, "at" ${date} NOT NULL)`,
  ]
}
