import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '@fastkit/db/migrate'
import { adapterFor } from '../packages/db/test/adapters.ts'
import { PrismaClient } from '../packages/db/test/generated/sqlite/client.ts'
import { compareOnSqlite } from './db/on-sqlite.ts'
import { compareOverStub } from './db/over-stub.ts'

const folder = await mkdtemp(join(tmpdir(), 'fastkit-bench-'))
const adapter = () => adapterFor('sqlite', `file:${join(folder, 'bench.db')}`)
await migrate(adapter(), fileURLToPath(new URL('../packages/db/test/migrations/sqlite', import.meta.url)))
const prisma = new PrismaClient({ adapter: adapter() })
await prisma.author.createMany({
  data: Array.from({ length: 200 }, (_, at) => ({ name: `Name ${at}`, email: `${at}`, rating: at % 10 })),
})

await compareOverStub(prisma)
await compareOnSqlite(prisma)

await prisma.$disconnect()
await rm(folder, { recursive: true })
