import { PrismaRepository } from '@fastkit/db'
import type { Db } from '../../database/open-database.ts'
import type { Language } from '../../languages.ts'
import type { Translation } from './products.model.ts'

export class ProductRepository extends PrismaRepository<Db, 'product'> {
  /** The texts of all languages, by field. @throws DbError `NOT_FOUND` */
  allTexts(id: number) {
    return this.in('all').getOrFail(id, { select: { name: true, description: true } })
  }

  /** Replaces the texts of one language, and leaves the others alone. @throws DbError `NOT_FOUND` */
  translate(id: number, language: Language, { name, description = null }: Translation) {
    return this.update(id, { name: { [language]: name }, description: { [language]: description } })
  }

  /** Those of the products that are sold, with their texts in one language. */
  sold(ids: readonly number[], language: Language) {
    return this.in(language).filter({ id__in: ids, isActive: true })
  }

  /** Adds to the stock, or takes away from it, also of a product that was deleted since. Returns what there is then. */
  moveStock(id: number, by: number) {
    return this.withDeleted().increment(id, { stock: by })
  }
}
