/** What a client calls the model `InvoiceItem`: `invoiceItem`. */
export function delegateName(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1)
}
