export type { ServiceTexts } from './service-texts.ts'
export { serviceTexts } from './service-texts.ts'
