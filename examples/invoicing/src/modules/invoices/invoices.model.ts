import { createSchema, updateSchema } from '@fastkit/validation/valibot'
import * as v from 'valibot'
import { type Client, ClientResponse } from '../clients/clients.model.ts'
import { currency, day, dayResponse, whole } from '../fields.ts'

export const statuses = ['draft', 'issued', 'paid', 'void'] as const
export type InvoiceStatus = (typeof statuses)[number]

/** An invoice, as it is stored. Lists bring its client and items along only where they are asked for. */
export interface Invoice {
  id: number
  number: string | null
  clientId: number
  status: string
  issuedOn: Date | null
  dueOn: Date
  currency: string
  totalCents: number
  version: number
  createdAt: Date
  updatedAt: Date
  client?: Client
  items?: InvoiceItem[]
}

export interface InvoiceItem extends PricedItem {
  id: number
}

const id = whole(1, 2_147_483_647)

/** What it takes to draft an invoice. */
export const InvoiceCreate = createSchema({
  clientId: id,
  currency,
  dueOn: day,
  items: v.pipe(
    v.array(createSchema({ productId: id, quantity: whole(1, 1_000_000) })),
    v.minLength(1),
    v.maxLength(200),
  ),
})
export type InvoiceCreate = v.InferOutput<typeof InvoiceCreate>

/** Any of the fields. Items replace all there were. */
export const InvoiceUpdate = updateSchema(InvoiceCreate)
export type InvoiceUpdate = v.InferOutput<typeof InvoiceUpdate>

/** What a product costs and is called when it is put into an invoice. */
export interface PricedItem {
  productId: number
  description: string
  quantity: number
  unitPriceCents: number
  totalCents: number
}

/** An invoice that is about to be stored. */
export interface PricedInvoice extends InvoiceCreate {
  items: PricedItem[]
  totalCents: number
}

/** What callers see of an invoice. */
export const InvoiceResponse = v.object({
  id: v.number(),
  number: v.nullable(v.string()),
  clientId: v.number(),
  status: v.picklist(statuses),
  issuedOn: v.nullable(dayResponse),
  dueOn: dayResponse,
  currency: v.string(),
  totalCents: v.number(),
  version: v.number(),
  createdAt: v.date(),
  updatedAt: v.date(),
  client: v.optional(ClientResponse),
  items: v.optional(
    v.array(
      v.object({
        id: v.number(),
        productId: v.number(),
        description: v.string(),
        quantity: v.number(),
        unitPriceCents: v.number(),
        totalCents: v.number(),
      }),
    ),
  ),
})
export type InvoiceResponse = v.InferOutput<typeof InvoiceResponse>

/** What a list of invoices can be narrowed by. */
export type InvoiceFilter = {
  status?: InvoiceStatus
  status__in?: InvoiceStatus[]
  clientId?: number
  client__name__icontains?: string
  dueOn__gte?: Date
  dueOn__lte?: Date
  totalCents__gte?: number
  totalCents__lte?: number
}
