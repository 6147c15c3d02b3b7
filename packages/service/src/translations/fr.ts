import type { ServiceTexts } from './texts.ts'

/** The same in French. */
export const fr: ServiceTexts = {
  errors: {
    BATCH_TOO_LARGE: 'Trop d’entrées à la fois ; le maximum est {max}',
    IDEMPOTENCY_MISMATCH: 'Une autre requête, avec d’autres données, avait la même clé',
    SLUG_UPDATE: 'Plusieurs entrées ne peuvent pas avoir le même nom court ; modifiez-les une par une',
    VALIDATION_FAILED: 'Les données ne sont pas valides',
  },
}
