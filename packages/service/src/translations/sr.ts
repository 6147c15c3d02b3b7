import type { ServiceTexts } from './service-texts.ts'

/** In Cyrillic, as `Intl` writes `sr`. */
export const sr: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Немате дозволу за ово',
    VALIDATION_FAILED: 'Унос није исправан',
  },
}
