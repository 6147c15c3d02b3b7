export { loadCatalogs } from './load-catalogs.ts'
export type { CatalogWatch, WatchOptions } from './watch-catalogs.ts'
export { watchCatalogs } from './watch-catalogs.ts'
