import type { Delegate, SoftDelegate } from '../delegate.ts'
import type { Condition } from '../filter/condition.ts'
import type { CountQueryOptions } from '../filter/key-query.ts'
import type { Scope } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { scopedDelegate } from '../scoping/scoped-delegate.ts'
import type { Scoping } from '../scoping/scoping.ts'

/** The rows of a model that a repository is about. */
export interface Source {
  readonly metadata: Metadata
  readonly model: ModelMetadata
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly visible: Visible
  /** The fields that hold one text per locale, by model. */
  readonly translatable: ReadonlyMap<string, ReadonlySet<string>>
  /** The locale of the verb at hand, where there are such fields, and where its texts are looked for. */
  readonly locale: string | undefined
  readonly chain: readonly string[]
  /** What all of them share, and what keeps calls to that. */
  readonly scope: Scope | undefined
  readonly scoping: Scoping
  /** Whether Prisma counts what it can say. Decided when the repository is made, or given another client. */
  readonly asksPrismaToCount: boolean
  /** The argument that has foreign keys looked up, where they may lead to deleted rows. */
  readonly checkKey: string | undefined
}

/** Which rows of the model itself there are: those not deleted, all, or only the deleted ones. */
export type Visible = 'live' | 'with' | 'only'

/** The model's delegate, which sees the rows that the source sees. */
export function delegateOf(client: object, source: Source): Delegate {
  const delegate = softDelegateOf(client, source)
  if (source.visible === 'live') return delegate
  return source.visible === 'with' ? delegate.withDeleted() : delegate.onlyDeleted()
}

/** The model's delegate, which sees what is not deleted, with what can be done to deleted rows. */
export function softDelegateOf(client: object, source: Source): SoftDelegate {
  const { model, scope, scoping, metadata, locale } = source
  const rows = (client as Record<string, SoftDelegate>)[model.delegate] as SoftDelegate
  const delegate = locale === undefined ? rows : rows.inLocale(locale)
  return scope ? scopedDelegate(delegate, { client, metadata, model, scope, scoping }) : delegate
}

/** Arguments of a write, whose foreign keys must not lead to deleted rows. */
export function checking({ checkKey }: Source, args: object): object {
  return checkKey === undefined ? args : { ...args, [checkKey]: true }
}

/** What a key query asks for. */
export function rowsOf(
  { model, softDelete, visible, scope, chain }: Source,
  condition: Condition,
): CountQueryOptions {
  return { model: model.name, condition, softDelete, visible, scope, locales: chain }
}
