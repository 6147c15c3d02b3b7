import type { PrismaUnitOfWork } from '../context/unit-of-work.ts'
import type { ModelName } from '../mixins/config.ts'
import { PrismaRepository, type RepositoryOptions } from './prisma-repository.ts'

/** Gives one model of a unit of work, or of a client, its repository: `createRepository(uow, 'article')`. */
export function createRepository<C extends object, M extends ModelName<C>>(
  source: PrismaUnitOfWork<C>,
  model: M,
  options?: RepositoryOptions,
): PrismaRepository<C, M>
export function createRepository<C extends object, M extends ModelName<C>>(
  source: C,
  model: M,
  options?: RepositoryOptions,
): PrismaRepository<C, M>
export function createRepository<C extends object, M extends ModelName<C>>(
  source: C | PrismaUnitOfWork<C>,
  model: M,
  options: RepositoryOptions = {},
): PrismaRepository<C, M> {
  return new PrismaRepository(source, model, options)
}
