import type { ModelName } from '../mixins/config.ts'
import { PrismaRepository, type RepositoryOptions } from './prisma-repository.ts'

/** Gives one model of a client its repository: `createRepository(prisma, 'article')`. */
export function createRepository<C extends object, M extends ModelName<C>>(
  client: C,
  model: M,
  options: RepositoryOptions = {},
): PrismaRepository<C, M> {
  return new PrismaRepository(client, model, options)
}
