import type { ServiceTexts } from './texts.ts'

/** The same in Spanish. */
export const es: ServiceTexts = {
  errors: {
    BATCH_TOO_LARGE: 'Demasiadas entradas a la vez; puede haber {max}',
    IDEMPOTENCY_MISMATCH: 'Otra solicitud, con otros datos, tenía la misma clave',
    SLUG_UPDATE: 'Varias entradas no pueden tener el mismo nombre corto; modifíquelas una por una',
    VALIDATION_FAILED: 'Los datos no son válidos',
  },
}
