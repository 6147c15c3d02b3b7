/** What clients are told, in English: `errors.<code>`. */
export const en = {
  errors: {
    CACHE_LOAD_TIMEOUT: 'This took too long; please try again later',
    CACHE_UNAVAILABLE: 'This is not available at the moment; please try again later',
  },
} as const
