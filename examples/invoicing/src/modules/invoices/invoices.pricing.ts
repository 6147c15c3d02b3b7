import type { Issue } from '@fastkit/contracts'
import type { Product } from '../products/products.model.ts'
import type { InvoiceCreate, PricedItem } from './invoices.model.ts'

export interface Pricing {
  readonly items: PricedItem[]
  readonly totalCents: number
  /** What keeps the items from being sold. */
  readonly issues: readonly Issue[]
}

/** The most that the column holds. */
const maxCents = 2_147_483_647

/** Takes names and prices from the products, of which those are missing that are not sold. */
export function priceItems(
  { currency, items }: Pick<InvoiceCreate, 'currency' | 'items'>,
  products: readonly Product[],
): Pricing {
  const found = new Map(products.map((product) => [product.id, product]))
  const issues: Issue[] = []
  const priced = items.map(({ productId, quantity }, at): PricedItem => {
    const product = found.get(productId)
    const path = ['items', at, 'productId']
    if (product === undefined) {
      issues.push({ path, code: 'UNKNOWN_PRODUCT', message: 'There is no such product on sale' })
      return { productId, description: '', quantity, unitPriceCents: 0, totalCents: 0 }
    }
    if (product.currency !== currency)
      issues.push({ path, code: 'CURRENCY', message: 'Is sold in another currency' })
    const { name, sku, priceCents } = product
    return {
      productId,
      description: name ?? sku,
      quantity,
      unitPriceCents: priceCents,
      totalCents: quantity * priceCents,
    }
  })
  const totalCents = priced.reduce((sum, item) => sum + item.totalCents, 0)
  if (totalCents > maxCents)
    issues.push({ path: ['items'], code: 'TOTAL', message: 'Comes to more than one invoice can hold' })
  return { items: priced, totalCents, issues }
}

/** How much there is of each product, in the order of their ids. */
export function quantities(items: InvoiceCreate['items']): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { productId, quantity } of items.toSorted((a, b) => a.productId - b.productId))
    sums.set(productId, (sums.get(productId) ?? 0) + quantity)
  return sums
}
