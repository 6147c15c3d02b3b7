export type { StoreCase, StoreFixture } from './store-contract.ts'
export { cacheStoreContract } from './store-contract.ts'
