import { createRepository, type PrismaRepository } from '@fastkit/db'
import type { Db } from '../../database/open-database.ts'

export type ClientRepository = PrismaRepository<Db, 'client'>

export function clientRepository(prisma: Db): ClientRepository {
  return createRepository(prisma, 'client')
}
