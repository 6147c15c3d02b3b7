import { createSchema, email, updateSchema } from '@fastkit/validation/valibot'
import * as v from 'valibot'
import { languages } from '../../languages.ts'
import { optionalText, text } from '../fields.ts'

/** A client, as it is stored. */
export interface Client {
  id: number
  name: string
  email: string
  phone: string | null
  address: string | null
  city: string | null
  country: string | null
  postalCode: string | null
  language: string
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

/** What it takes to add a client. */
export const ClientCreate = createSchema({
  name: text(200),
  email: email({ trim: true }),
  phone: optionalText(50),
  address: optionalText(200),
  city: optionalText(100),
  /** ISO 3166-1, two letters. */
  country: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'COUNTRY_CODE')))),
  postalCode: optionalText(20),
  language: v.optional(v.picklist(languages), 'en'),
})
export type ClientCreate = v.InferOutput<typeof ClientCreate>

/** Any of the fields. One that is left out keeps its value, `null` empties it. */
export const ClientUpdate = updateSchema(ClientCreate)
export type ClientUpdate = v.InferOutput<typeof ClientUpdate>

/** What callers see of a client. */
export const ClientResponse = v.object({
  id: v.number(),
  name: v.string(),
  email: v.string(),
  phone: v.nullable(v.string()),
  address: v.nullable(v.string()),
  city: v.nullable(v.string()),
  country: v.nullable(v.string()),
  postalCode: v.nullable(v.string()),
  language: v.string(),
  createdAt: v.date(),
  updatedAt: v.date(),
})
export type ClientResponse = v.InferOutput<typeof ClientResponse>

/** What a list of clients can be narrowed by. */
export type ClientFilter = {
  name?: string
  name__contains?: string
  name__icontains?: string
  name__startswith?: string
  email?: string
  city?: string
  country?: string
  createdAt__gte?: Date
  createdAt__lte?: Date
}
