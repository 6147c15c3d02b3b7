import type { CacheTexts } from './texts.ts'

/** The same in German. */
export const de: CacheTexts = {
  errors: {
    CACHE_LOAD_TIMEOUT: 'Das hat zu lange gedauert; bitte später erneut versuchen',
    CACHE_UNAVAILABLE: 'Das ist im Moment nicht verfügbar; bitte später erneut versuchen',
  },
}
