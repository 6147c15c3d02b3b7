import { expect, test } from 'vitest'
import { ProductService, type Products } from './products.service.ts'

/** A service test needs no database: only the verbs it calls. */
function build(verbs: Partial<Products>): ProductService {
  return new ProductService({ products: verbs as Products })
}

test('the texts of a product are told by language; one without any is left out', async () => {
  const products = build({
    allTexts: async () => ({ name: { en: 'Oil', de: 'Öl' }, description: { es: 'De oliva' } }),
  })
  expect(await products.translations(1)).toEqual({
    en: { name: 'Oil', description: null },
    de: { name: 'Öl', description: null },
    es: { name: null, description: 'De oliva' },
  })
  const bare = build({ allTexts: async () => ({ name: { en: 'Oil' }, description: null }) })
  expect(Object.keys(await bare.translations(1))).toEqual(['en'])
})

test('a slug that no product has is not found', async () => {
  const products = build({ first: async () => null })
  await expect(products.bySlug('nothing')).rejects.toMatchObject({
    code: 'PRODUCT_NOT_FOUND',
    kind: 'not_found',
  })
})
