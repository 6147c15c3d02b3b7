/** What clients are told, in English: `errors.<code>`. */
export const en = {
  errors: {
    BATCH_TOO_LARGE: 'Too many entries at once; there may be {max}',
    IDEMPOTENCY_MISMATCH: 'Another request, with other data, had the same key',
    SLUG_UPDATE: 'Several entries cannot have the same short name; change them one by one',
    VALIDATION_FAILED: 'The input is not valid',
  },
} as const
