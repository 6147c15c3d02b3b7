import type { ServiceTexts } from './texts.ts'

/** The same in Spanish. */
export const es: ServiceTexts = {
  errors: {
    FORBIDDEN: 'No tiene permiso para hacer esto',
    VALIDATION_FAILED: 'Los datos no son válidos',
  },
}
