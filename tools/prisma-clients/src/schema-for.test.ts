import { expect, test } from 'vitest'
import { schemaFor } from './schema-for.ts'

const sqlite = `generator client {
  provider = "prisma-client"
  output   = "../src/generated/sqlite"
}
datasource db {
  provider = "sqlite"
}
model A {
  id        Int       @id
  email     String
  deletedAt DateTime?
  @@unique([email], where: { deletedAt: null })
}
`

test('the other database gets its provider and a client of its own', () => {
  const { schema, output } = schemaFor('postgresql', sqlite, '/app/prisma')
  expect(output).toBe('/app/src/generated/postgresql')
  expect(schema).toContain('provider = "postgresql"')
  expect(schema).toContain('output   = "/app/src/generated/postgresql"')
  expect(schema).toContain('where: { deletedAt: null }')
})

test('MySQL has no partial unique indexes', () => {
  expect(schemaFor('mysql', sqlite, '/app/prisma').schema).toContain('@@unique([email])')
})

test('a schema for another database, or with its client elsewhere, is refused', () => {
  expect(() => schemaFor('mysql', sqlite.replace('"sqlite"', '"postgresql"'), '/')).toThrow(
    'must have provider',
  )
  expect(() => schemaFor('mysql', sqlite.replace('/sqlite"', '/client"'), '/')).toThrow('must have provider')
})
