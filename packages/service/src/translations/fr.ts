import type { ServiceTexts } from './service-texts.ts'

export const fr: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Vous n’avez pas le droit de faire cela',
    VALIDATION_FAILED: 'Les données ne sont pas valides',
  },
}
