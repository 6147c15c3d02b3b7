import type { CacheTexts } from './texts.ts'

/** The same in French. */
export const fr: CacheTexts = {
  errors: {
    CACHE_LOAD_TIMEOUT: 'Cela a pris trop de temps ; réessayez plus tard',
    CACHE_UNAVAILABLE: 'Cela n’est pas disponible pour le moment ; réessayez plus tard',
  },
}
