import type { ServiceTexts } from './service-texts.ts'

export const de: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Dazu fehlt die Berechtigung',
    VALIDATION_FAILED: 'Die Eingabe ist ungültig',
  },
}
