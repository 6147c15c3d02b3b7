import type { ServiceTexts } from './texts.ts'

/** The same in German. */
export const de: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Dazu fehlt die Berechtigung',
    VALIDATION_FAILED: 'Die Eingabe ist ungültig',
  },
}
