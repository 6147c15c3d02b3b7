import type { PrismaUnitOfWork } from '../context/unit-of-work.ts'
import type { ModelName } from '../mixins/mixin-types.ts'
import type { RepositoryOptions } from './options.ts'
import { PrismaRepository } from './prisma-repository.ts'

/** Gives one model of a unit of work, or of a client, its repository: `createRepository(uow, 'article')`. */
export function createRepository<
  C extends object,
  M extends ModelName<C>,
  const O extends RepositoryOptions<C, M> = {},
>(source: PrismaUnitOfWork<C>, model: M, options?: O & RepositoryOptions<C, M>): PrismaRepository<C, M, O>
export function createRepository<
  C extends object,
  M extends ModelName<C>,
  const O extends RepositoryOptions<C, M> = {},
>(source: C, model: M, options?: O & RepositoryOptions<C, M>): PrismaRepository<C, M, O>
export function createRepository<C extends object, M extends ModelName<C>, O extends RepositoryOptions<C, M>>(
  source: C | PrismaUnitOfWork<C>,
  model: M,
  options?: O & RepositoryOptions<C, M>,
): PrismaRepository<C, M, O> {
  return new PrismaRepository(source, model, options)
}
