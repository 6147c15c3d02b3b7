import { generateClients } from './src/generate-clients.ts'

// node ../../tools/prisma-clients/generate.ts prisma/schema.prisma sqlite postgresql
const [schema, ...providers] = process.argv.slice(2)
if (schema === undefined || providers.length === 0) {
  console.error('usage: generate.ts <schema.prisma> <provider>...')
  process.exit(1)
}
try {
  await generateClients(schema, providers)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
