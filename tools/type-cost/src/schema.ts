const HEAD = `generator client {
  provider = "prisma-client"
  output   = "./sqlite"
}

datasource db {
  provider = "sqlite"
}
`

const STATUSES = ['OPEN', 'PAID', 'VOID']

/** The delegate's name of a model: `m0`, `m1`, … */
export function modelName(index: number): string {
  return `m${index}`
}

/**
 * Writes a Prisma schema whose relations form rings: every model points to the next one and to the seventh after it,
 * so that chains never end. 11 to 13 columns each, with DateTime, Json, Decimal and an enum. For SQLite, as
 * `tools/prisma-clients` wants it, which makes it one for PostgreSQL.
 */
export function schemaOf(models: number): string {
  const enums = [0, 1, 2, 3, 4].map((i) => `enum Status${i} {\n  ${STATUSES.join('\n  ')}\n}\n`)
  const all = Array.from({ length: models }, (_, index) => modelOf(index, models))
  return [HEAD, ...enums, ...all].join('\n')
}

function modelOf(index: number, models: number): string {
  const at = (offset: number) => `M${(((index + offset) % models) + models) % models}`
  const columns = [
    'id        Int       @id @default(autoincrement())',
    'name      String',
    'amount    Decimal',
    'count     Int       @default(0)',
    `status    Status${index % 5} @default(OPEN)`,
    'data      Json?',
    ...(index % 2 ? ['note      String?'] : []),
    ...(index % 3 ? ['active    Boolean   @default(true)'] : []),
    'createdAt DateTime  @default(now())',
    'updatedAt DateTime',
    'deletedAt DateTime?',
    'nextId    Int',
    `next      ${at(1)} @relation("next${index}", fields: [nextId], references: [id])`,
    'leapId    Int',
    `leap      ${at(7)} @relation("leap${index}", fields: [leapId], references: [id])`,
    `previous  ${at(-1)}[] @relation("next${(index - 1 + models) % models}")`,
    `leapers   ${at(-7)}[] @relation("leap${(((index - 7) % models) + models) % models}")`,
  ]
  return `model M${index} {\n  ${columns.join('\n  ')}\n}\n`
}
