import type { UnitOfWork } from '@fastkit/contracts'
import { type SlugOptions, slugged } from './slugged.ts'

/** The class of a service, whatever its types. */
export type ServiceClass = new (
  // biome-ignore lint/suspicious/noExplicitAny: TypeScript wants it of a class that is extended like this
  ...options: any[]
) => object

/** What the rows of a service can have their slug made from. */
export type SlugSource<Base extends ServiceClass> = ConstructorParameters<Base>[0] extends {
  readonly repository: { create(data: infer Create): unknown }
}
  ? keyof Create & string
  : string

/**
 * A service whose rows get a slug from their own text, over a repository that makes none: `title`, `title-2`, `title-3`.
 * It is chosen at the write, after all `before…` hooks, and kept on update.
 *
 * The column needs a unique constraint: of several at once, those that come too late try the next number once, then a
 * random end, in three inserts at most. A slug that is given stays as it is. A text of no letters gets a random slug.
 * Costs a look-up for each slug that is taken, 20 at most.
 *
 * @throws ServiceError `SERVICE_CONFIG`; a service that is made of it: `SLUG_UPDATE` when `onUpdate` would give many rows one slug
 */
export function withSlug<Base extends ServiceClass>(
  base: Base,
  options: SlugOptions<SlugSource<Base>>,
): Base {
  return class extends (base as ServiceClass) {
    constructor(...[given, ...rest]: [{ repository: object; unitOfWork?: UnitOfWork }, ...unknown[]]) {
      super({ ...given, repository: slugged(given.repository, options, given.unitOfWork) }, ...rest)
    }
  } as Base
}
