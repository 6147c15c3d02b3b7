export type { MemoryField } from './memory-model.ts'
export type { MemoryRepository, MemoryRepositoryOptions } from './memory-repository.ts'
export { memoryRepository } from './memory-repository.ts'
export type { MemoryUnitOfWork } from './memory-unit-of-work.ts'
export { memoryUnitOfWork } from './memory-unit-of-work.ts'
export type {
  ContractCase,
  ContractCreate,
  ContractFilter,
  ContractRepository,
  ContractRow,
} from './repository-contract.ts'
export { repositoryContract } from './repository-contract.ts'
export { unitOfWorkContract } from './unit-of-work-contract.ts'
export type { UnitOfWorkCase, UnitOfWorkFixture } from './unit-of-work-fixture.ts'
