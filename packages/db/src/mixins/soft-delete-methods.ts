import type { Types } from '@prisma/client/runtime/client'
import { DbError } from '../errors.ts'
import { viewOf } from './delegate-view.ts'
import type { DeletedView } from './soft-delete.ts'

/** What a model with soft delete can do besides Prisma's own operations. */
export interface SoftDeleteMethods {
  /** The same model, deleted rows included. */
  withDeleted<T>(this: T): T
  /** The same model, deleted rows only. */
  onlyDeleted<T>(this: T): T
  /**
   * Brings one deleted row back, and those that were deleted with it. Fails as Prisma's `update` does when no deleted
   * row matches.
   *
   * @throws DbError `UNIQUE_VIOLATION` when a live row has taken its key; `AMBIGUOUS_KEY` when several deleted rows have
   *   the key it was asked by
   */
  restore<T, A>(
    this: T,
    args: Types.Public.Exact<A, Omit<Types.Public.Args<T, 'update'>, 'data'>>,
  ): Types.Public.PrismaPromise<Types.Public.Result<T, A, 'update'>>
  /**
   * Removes one row from the database, deleted or not.
   *
   * @throws DbError `AMBIGUOUS_KEY` when several rows have the key it was asked by
   */
  forceDelete<T, A>(
    this: T,
    args: Types.Public.Exact<A, Types.Public.Args<T, 'delete'>>,
  ): Types.Public.PrismaPromise<Types.Public.Result<T, A, 'delete'>>
  /** Removes the rows from the database that were deleted before a moment, and returns how many. */
  purge<T>(this: T, args: PurgeArgs): Promise<number>
}

export interface PurgeArgs {
  readonly olderThan: Date
}

/** The methods as they run, for the `model` part of an extension. `this` is the delegate, bound to its transaction. */
export function softDeleteMethods(field: string, viewKey: string): object {
  return {
    withDeleted(this: Delegate) {
      return withView(this, 'with')
    },
    onlyDeleted(this: Delegate) {
      return withView(this, 'only')
    },
    restore(this: Delegate, args: object) {
      return this.update({ ...args, data: { [field]: null }, [viewKey]: 'restore' })
    },
    forceDelete(this: Delegate, args: object) {
      return this.delete({ ...args, [viewKey]: 'force' })
    },
    async purge(this: Delegate, { olderThan }: PurgeArgs) {
      // Without a valid date there would be no condition, and Prisma would remove every row.
      if (!(olderThan instanceof Date) || Number.isNaN(olderThan.getTime())) {
        throw new DbError('FIELD_VALUE', 'purge needs a date, olderThan', {
          params: { field: 'olderThan', expected: 'a date' },
        })
      }
      const where = { [field]: { lt: olderThan } }
      return (await this.deleteMany({ where, [viewKey]: 'force' })).count
    },
  }

  function withView(delegate: Delegate, view: DeletedView): object {
    return viewOf(delegate, (args) => ({ ...args, [viewKey]: view }))
  }
}

interface Delegate {
  update(args: object): Promise<unknown>
  delete(args: object): Promise<unknown>
  deleteMany(args: object): Promise<{ readonly count: number }>
}
