import { defineConfig } from 'prisma/config'
import { providerOf } from './src/database/provider.ts'

// For Prisma's own commands, `prisma migrate` and `prisma studio`. The app itself does not read it.
const url = process.env['DATABASE_URL'] ?? 'file:./data/invoicing.db'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: `prisma/migrations/${providerOf(url)}` },
  datasource: { url },
})
