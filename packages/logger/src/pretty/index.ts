export type { PrettyOptions } from './pretty-output.ts'
export { prettyOutput } from './pretty-output.ts'
