import type { ServiceTexts } from './service-texts.ts'

export const es: ServiceTexts = {
  errors: {
    FORBIDDEN: 'No tiene permiso para hacer esto',
    VALIDATION_FAILED: 'Los datos no son válidos',
  },
}
