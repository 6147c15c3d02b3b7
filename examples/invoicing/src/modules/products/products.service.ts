import type { CursorVerbs, Repository, SoftDeleteVerbs } from '@fastkit/contracts'
import { CrudService, notFound } from '@fastkit/service'
import { type Language, languages } from '../../languages.ts'
import {
  type Product,
  type ProductCreate,
  type ProductFilter,
  ProductResponse,
  type ProductUpdate,
  type Translation,
  type Translations,
} from './products.model.ts'

/** What the service needs of its data. */
export interface Products
  extends Repository<Product, ProductCreate, ProductUpdate, ProductFilter, number>,
    SoftDeleteVerbs<Product, number>,
    CursorVerbs<Product, ProductFilter> {
  allTexts(id: number): Promise<Texts>
  translate(id: number, language: Language, texts: Translation): Promise<unknown>
}

interface Texts {
  readonly name: { readonly [L in Language]?: string } | null
  readonly description: { readonly [L in Language]?: string } | null
}

/** The rules about products. Their names and descriptions are written and read in the language of the caller. */
export class ProductService extends CrudService<
  Product,
  ProductCreate,
  ProductUpdate,
  ProductResponse,
  ProductFilter
> {
  private readonly products: Products

  constructor({ products }: { products: Products }) {
    super({ repository: products, response: ProductResponse })
    this.products = products
  }

  async bySlug(slug: string): Promise<ProductResponse> {
    const product = await this.first({ slug })
    if (product === null) throw notFound('Product', slug)
    return product
  }

  async translations(id: number): Promise<Translations> {
    const { name, description } = await this.products.allTexts(id)
    const written = languages.filter((language) => name?.[language] ?? description?.[language])
    return Object.fromEntries(
      written.map((language) => [
        language,
        { name: name?.[language] ?? null, description: description?.[language] ?? null },
      ]),
    )
  }

  /** Replaces the texts of one language, and leaves the others alone. */
  async translate(id: number, language: Language, texts: Translation): Promise<Translations> {
    await this.products.translate(id, language, texts)
    return this.translations(id)
  }
}
