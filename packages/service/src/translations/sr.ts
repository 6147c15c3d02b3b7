import type { ServiceTexts } from './texts.ts'

/** The same in Serbian, in Latin script. */
export const sr: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Nemate dozvolu za ovo',
    VALIDATION_FAILED: 'Unos nije ispravan',
  },
}
