import type { Language } from '../languages.ts'
import type { ClientCreate } from '../modules/clients/clients.model.ts'
import type { ClientService } from '../modules/clients/clients.service.ts'
import type { InvoiceService } from '../modules/invoices/invoices.service.ts'
import type { ProductCreate } from '../modules/products/products.model.ts'
import type { ProductService } from '../modules/products/products.service.ts'

const clients: readonly ClientCreate[] = [
  { name: 'Ada Verlag', email: 'office@ada-verlag.example', city: 'Berlin', country: 'DE', language: 'de' },
  { name: 'Bodega Cruz', email: 'hola@bodega-cruz.example', city: 'Sevilla', country: 'ES', language: 'es' },
  { name: 'Carter & Sons', email: 'mail@carter.example', city: 'Leeds', country: 'GB', language: 'en' },
]

interface SeedProduct extends Pick<ProductCreate, 'sku' | 'priceCents' | 'stock'> {
  readonly texts: Readonly<Record<Language, string>>
}

const products: readonly SeedProduct[] = [
  {
    sku: 'OIL-500',
    priceCents: 1290,
    stock: 40,
    texts: { en: 'Olive oil', de: 'Olivenöl', es: 'Aceite de oliva' },
  },
  { sku: 'PEN-1', priceCents: 350, stock: 200, texts: { en: 'Pencil', de: 'Bleistift', es: 'Lápiz' } },
]

export interface SeedServices {
  readonly clients: ClientService
  readonly products: ProductService
  readonly invoices: InvoiceService
}

/** Puts something to look at into a database that has just been made: each client with an invoice, the first one issued. */
export async function seed(services: SeedServices): Promise<void> {
  const items: { productId: number; quantity: number }[] = []
  for (const { texts, ...product } of products) {
    const { id } = await services.products.create({
      ...product,
      currency: 'EUR',
      isActive: true,
      name: texts.en,
    })
    for (const [language, name] of Object.entries(texts) as [Language, string][])
      await services.products.translate(id, language, { name })
    items.push({ productId: id, quantity: 3 })
  }
  const invoices: number[] = []
  for (const client of clients) {
    const { id: clientId } = await services.clients.create(client)
    const dueOn = new Date('2030-01-31')
    const { id } = await services.invoices.create({ clientId, currency: 'EUR', dueOn, items })
    invoices.push(id)
  }
  await services.invoices.issue(invoices[0] as number)
}
