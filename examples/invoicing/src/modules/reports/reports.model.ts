import { createSchema, integer } from '@fastkit/validation/valibot'
import * as v from 'valibot'

/** Which report is wanted. */
export const RevenueQuery = createSchema({ year: integer({ min: 2000, max: 2999 }) })

/** What the invoices of one day come to that are issued, or paid, in one currency. */
export interface DaySum {
  issuedOn: Date
  currency: string
  status: 'issued' | 'paid'
  totalCents: number
}

/** What the invoices issued in a year have brought and will bring, by month and currency. */
export const RevenueResponse = v.object({
  year: v.number(),
  months: v.array(
    v.object({
      month: v.number(),
      currency: v.string(),
      paidCents: v.number(),
      openCents: v.number(),
    }),
  ),
})
export type RevenueResponse = v.InferOutput<typeof RevenueResponse>
