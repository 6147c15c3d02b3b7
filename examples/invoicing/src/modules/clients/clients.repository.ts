import { createRepository, type PrismaRepository, type PrismaUnitOfWork } from '@fastkit/db'
import type { Db } from '../../database/open-database.ts'

export type ClientRepository = PrismaRepository<Db, 'client'>

export function clientRepository(unitOfWork: PrismaUnitOfWork<Db>): ClientRepository {
  return createRepository(unitOfWork, 'client')
}
