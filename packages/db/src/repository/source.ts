import type { Condition } from '../filter/condition.ts'
import type { CountQueryOptions } from '../filter/key-query.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'

/** The rows of a model that a repository is about. */
export interface Source {
  readonly metadata: Metadata
  readonly model: ModelMetadata
  /** The fields that mark rows as deleted, by model. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly visible: Visible
}

/** Which rows of the model itself there are: those not deleted, all, or only the deleted ones. */
export type Visible = 'live' | 'with' | 'only'

/** Prisma's operations, as far as they are called here. */
export interface Delegate {
  findUnique(args: object): Promise<object | null>
  findMany(args: object): Promise<object[]>
  count(args: object): Promise<number>
  aggregate(args: object): Promise<Readonly<Record<string, unknown>>>
  create(args: object): Promise<object>
  createMany(args: object): Promise<Count>
  /** Not on MySQL. */
  createManyAndReturn(args: object): Promise<object[]>
  update(args: object): Promise<object>
  updateMany(args: object): Promise<Count>
  upsert(args: object): Promise<object>
  delete(args: object): Promise<object>
  deleteMany(args: object): Promise<Count>
}

/** What the delegate of a model with soft delete can do besides. */
export interface SoftDelegate extends Delegate {
  withDeleted(): Delegate
  onlyDeleted(): Delegate
  restore(args: object): Promise<object>
  forceDelete(args: object): Promise<object>
  purge(args: { readonly olderThan: Date }): Promise<number>
}

interface Count {
  readonly count: number
}

/** The model's delegate, which sees the rows that the source sees. */
export function delegateOf(client: object, { model, visible }: Source): Delegate {
  const delegate = (client as Record<string, Delegate>)[model.delegate] as SoftDelegate
  if (visible === 'live') return delegate
  return visible === 'with' ? delegate.withDeleted() : delegate.onlyDeleted()
}

/** The same for what deleted rows alone can have done to them. */
export function softDelegateOf(client: object, { model }: Source): SoftDelegate {
  return (client as Record<string, SoftDelegate>)[model.delegate] as SoftDelegate
}

/** What a key query asks for. */
export function rowsOf({ model, softDelete, visible }: Source, condition: Condition): CountQueryOptions {
  return { model: model.name, condition, softDelete, scope: visible }
}
