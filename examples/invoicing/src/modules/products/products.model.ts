import { createSchema, updateSchema } from '@fastkit/validation/valibot'
import * as v from 'valibot'
import { languages } from '../../languages.ts'
import { currency, optionalText, text, whole } from '../fields.ts'
import { IdParam } from '../id-param.ts'

/** A product, as it is stored, with its texts in one language. */
export interface Product {
  id: number
  sku: string
  slug: string
  name: string | null
  description: string | null
  priceCents: number
  currency: string
  stock: number
  isActive: boolean
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
}

const texts = { name: text(200), description: optionalText(2000) }

/** What it takes to add a product. Name and description are in the caller's language. */
export const ProductCreate = createSchema({
  ...texts,
  sku: text(50),
  priceCents: whole(0, 1_000_000_000),
  currency,
  stock: v.optional(whole(0, 1_000_000_000), 0),
  isActive: v.optional(v.boolean(), true),
})
export type ProductCreate = v.InferOutput<typeof ProductCreate>

/** Any of the fields. One that is left out keeps its value, `null` empties it. */
export const ProductUpdate = updateSchema(ProductCreate)
export type ProductUpdate = v.InferOutput<typeof ProductUpdate>

/** What callers see of a product. */
export const ProductResponse = v.object({
  id: v.number(),
  sku: v.string(),
  slug: v.string(),
  name: v.nullable(v.string()),
  description: v.nullable(v.string()),
  priceCents: v.number(),
  currency: v.string(),
  stock: v.number(),
  isActive: v.boolean(),
  createdAt: v.date(),
  updatedAt: v.date(),
})
export type ProductResponse = v.InferOutput<typeof ProductResponse>

/** The texts of one language. */
export const Translation = createSchema(texts)
export type Translation = v.InferOutput<typeof Translation>

/** The texts of every language that has any. */
export const Translations = v.record(
  v.picklist(languages),
  v.object({ name: v.nullable(v.string()), description: v.nullable(v.string()) }),
)
export type Translations = v.InferOutput<typeof Translations>

/** The path of a product by its slug. */
export const SlugParam = v.object({ slug: v.string() })

/** The path of the texts of one language. */
export const TranslationParam = v.object({ ...IdParam.entries, locale: v.picklist(languages) })

/** What a list of products can be narrowed by. */
export type ProductFilter = {
  name?: string
  name__contains?: string
  name__icontains?: string
  name__startswith?: string
  sku?: string
  slug?: string
  isActive?: boolean
  priceCents__gte?: number
  priceCents__lte?: number
}
