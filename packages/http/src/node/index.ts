export type { ServeOptions, Serving } from './serve.ts'
export { serve } from './serve.ts'
