import type { ServiceTexts } from './texts.ts'

/** The same in French. */
export const fr: ServiceTexts = {
  errors: {
    FORBIDDEN: 'Vous n’avez pas le droit de faire cela',
    VALIDATION_FAILED: 'Les données ne sont pas valides',
  },
}
