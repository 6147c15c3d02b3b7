export type { HttpTexts } from './http-texts.ts'
export { httpTexts } from './http-texts.ts'
