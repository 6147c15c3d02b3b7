import type { CacheTexts } from './texts.ts'

/** The same in Spanish. */
export const es: CacheTexts = {
  errors: {
    CACHE_LOAD_TIMEOUT: 'La operación ha tardado demasiado; inténtelo más tarde',
    CACHE_UNAVAILABLE: 'No está disponible en este momento; inténtelo más tarde',
  },
}
