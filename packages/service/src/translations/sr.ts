import type { ServiceTexts } from './texts.ts'

/** The same in Serbian, in Latin script. */
export const sr: ServiceTexts = {
  errors: {
    BATCH_TOO_LARGE: 'Previše unosa odjednom; može ih biti {max}',
    IDEMPOTENCY_MISMATCH: 'Drugi zahtev, sa drugim podacima, imao je isti ključ',
    SLUG_UPDATE: 'Više unosa ne može imati isti kratak naziv; izmenite ih jedan po jedan',
    VALIDATION_FAILED: 'Unos nije ispravan',
  },
}
