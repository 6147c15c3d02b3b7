import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '@fastkit/db/migrate'
import { adapterFor } from '../packages/db/test/adapters.ts'
import { PrismaClient } from '../packages/db/test/texts/generated/sqlite/client.ts'
import { compareTexts } from './db/texts.ts'

const folder = await mkdtemp(join(tmpdir(), 'fastkit-bench-'))
const adapter = () => adapterFor('sqlite', `file:${join(folder, 'bench.db')}`)
const migrations = new URL('../packages/db/test/texts/migrations/sqlite', import.meta.url)
await migrate(adapter(), fileURLToPath(migrations))
const prisma = new PrismaClient({ adapter: adapter() })
await prisma.post.createMany({
  data: Array.from({ length: 100 }, (_, at) => ({
    slug: `${at}`,
    title: { en: `Title ${at}`, de: `Titel ${at}` },
    body: { en: `Body ${at}` },
    updatedAt: new Date(),
  })),
})

await compareTexts(prisma)

await prisma.$disconnect()
await rm(folder, { recursive: true })
