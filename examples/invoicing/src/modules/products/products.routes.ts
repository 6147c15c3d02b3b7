import { bool, int, listQuery, text } from '@fastkit/http'
import { created, cursorPage, noContent, ok, page } from '@fastkit/http/hono'
import { describe } from '@fastkit/http/openapi'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { IdParam } from '../id-param.ts'
import {
  ProductCreate,
  ProductResponse,
  ProductUpdate,
  SlugParam,
  Translation,
  TranslationParam,
  Translations,
} from './products.model.ts'
import type { ProductService } from './products.service.ts'

const productList = listQuery({
  filter: {
    name: text(['eq', 'contains', 'icontains', 'startswith']),
    sku: text(['eq']),
    isActive: bool(['eq']),
    priceCents: int(['gte', 'lte']),
  },
  sort: ['name', 'priceCents', 'createdAt'],
  paging: 'both',
})

export function productRoutes({ products }: { products: ProductService }) {
  return new Hono()
    .get(
      '/',
      describe({ summary: 'Lists products', page: ProductResponse, cursorPage: ProductResponse }),
      validated('query', productList),
      async (c) => {
        const asked = c.req.valid('query')
        return 'cursor' in asked
          ? cursorPage(c, await products.cursorPaginate(asked))
          : page(c, await products.paginate(asked))
      },
    )
    .post(
      '/',
      describe({ summary: 'Adds a product', created: ProductResponse, errors: [409] }),
      validated('json', ProductCreate),
      async (c) => created(c, await products.create(c.req.valid('json'))),
    )
    .get(
      '/by-slug/:slug',
      describe({ summary: 'The product of a slug', ok: ProductResponse, errors: [404] }),
      validated('param', SlugParam),
      async (c) => ok(c, await products.bySlug(c.req.valid('param').slug)),
    )
    .get(
      '/:id',
      describe({ summary: 'A product', ok: ProductResponse, errors: [404] }),
      validated('param', IdParam),
      async (c) => ok(c, await products.getOrFail(c.req.valid('param').id)),
    )
    .patch(
      '/:id',
      describe({ summary: 'Changes a product', ok: ProductResponse, errors: [404, 409] }),
      validated('param', IdParam),
      validated('json', ProductUpdate),
      async (c) => ok(c, await products.update(c.req.valid('param').id, c.req.valid('json'))),
    )
    .delete(
      '/:id',
      describe({ summary: 'Deletes a product', noContent: true, errors: [404] }),
      validated('param', IdParam),
      async (c) => {
        await products.delete(c.req.valid('param').id)
        return noContent(c)
      },
    )
    .post(
      '/:id/restore',
      describe({ summary: 'Brings a deleted product back', ok: ProductResponse, errors: [404, 409] }),
      validated('param', IdParam),
      async (c) => ok(c, await products.restore(c.req.valid('param').id)),
    )
    .get(
      '/:id/translations',
      describe({ summary: 'Its texts in all languages', ok: Translations, errors: [404] }),
      validated('param', IdParam),
      async (c) => ok(c, await products.translations(c.req.valid('param').id)),
    )
    .put(
      '/:id/translations/:locale',
      describe({ summary: 'Replaces its texts in one language', ok: Translations, errors: [404] }),
      validated('param', TranslationParam),
      validated('json', Translation),
      async (c) => {
        const { id, locale } = c.req.valid('param')
        return ok(c, await products.translate(id, locale, c.req.valid('json')))
      },
    )
}
