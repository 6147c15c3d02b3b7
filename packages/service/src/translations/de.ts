import type { ServiceTexts } from './texts.ts'

/** The same in German. */
export const de: ServiceTexts = {
  errors: {
    BATCH_TOO_LARGE: 'Zu viele Einträge auf einmal; es dürfen {max} sein',
    IDEMPOTENCY_MISMATCH: 'Eine andere Anfrage mit anderen Daten hatte denselben Schlüssel',
    SLUG_UPDATE: 'Mehrere Einträge können nicht denselben Kurznamen haben; bitte einzeln ändern',
    VALIDATION_FAILED: 'Die Eingabe ist ungültig',
  },
}
