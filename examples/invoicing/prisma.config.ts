import { defineConfig } from 'prisma/config'
import { providerOf } from './src/database/provider.ts'

// For Prisma's own commands, `prisma migrate` and `prisma studio`. The app itself does not read it.
const url = process.env['DATABASE_URL'] ?? 'file:./data/invoicing.db'

const provider = providerOf(url)

export default defineConfig({
  // `pnpm run generate` writes the schemas of the other databases from SQLite's.
  schema: provider === 'sqlite' ? 'prisma/schema.prisma' : `prisma/.generated/${provider}.prisma`,
  migrations: { path: `prisma/migrations/${provider}` },
  datasource: { url },
})
