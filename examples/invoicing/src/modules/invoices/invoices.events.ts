import type { Logger } from '@fastkit/contracts'
import { createSignal, type Signal } from '@fastkit/events'

export interface InvoicePaid {
  readonly invoiceId: number
}

/** What others may want to hear of invoices. */
export interface InvoiceEvents {
  readonly paid: Signal<InvoicePaid>
}

export function invoiceEvents(logger: Logger): InvoiceEvents {
  return { paid: createSignal<InvoicePaid>('invoice.paid', { logger }) }
}
