export { withCache } from './with-cache.ts'
