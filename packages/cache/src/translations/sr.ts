import type { CacheTexts } from './texts.ts'

/** The same in Serbian, in Latin script. */
export const sr: CacheTexts = {
  errors: {
    CACHE_LOAD_TIMEOUT: 'Ovo je trajalo predugo; pokušajte ponovo kasnije',
    CACHE_UNAVAILABLE: 'Ovo trenutno nije dostupno; pokušajte ponovo kasnije',
  },
}
