/** What clients are told, in English: `errors.<code>`. */
export const en = {
  errors: {
    FORBIDDEN: 'You are not allowed to do this',
    VALIDATION_FAILED: 'The input is not valid',
  },
} as const
