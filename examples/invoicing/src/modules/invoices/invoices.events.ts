import type { Logger } from '@fastkit/contracts'
import { createSignal, type Signal } from '@fastkit/events'

export interface InvoiceMoved {
  readonly invoiceId: number
}

/** What others may want to hear of invoices, by the status they have got. */
export interface InvoiceEvents {
  readonly issued: Signal<InvoiceMoved>
  readonly paid: Signal<InvoiceMoved>
  readonly void: Signal<InvoiceMoved>
}

export function invoiceEvents(logger: Logger): InvoiceEvents {
  return {
    issued: createSignal('invoice.issued', { logger }),
    paid: createSignal('invoice.paid', { logger }),
    void: createSignal('invoice.void', { logger }),
  }
}
