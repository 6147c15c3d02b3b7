import type { Types } from '@prisma/client/runtime/client'
import type { Scope } from './soft-delete.ts'

/** What a model with soft delete can do besides Prisma's own operations. */
export interface SoftDeleteMethods {
  /** The same model, deleted rows included. */
  withDeleted<T>(this: T): T
  /** The same model, deleted rows only. */
  onlyDeleted<T>(this: T): T
  /** Brings one deleted row back. Fails as Prisma's `update` does when no deleted row matches. */
  restore<T, A>(
    this: T,
    args: Types.Public.Exact<A, Omit<Types.Public.Args<T, 'update'>, 'data'>>,
  ): Types.Public.PrismaPromise<Types.Public.Result<T, A, 'update'>>
  /** Removes one row from the database, deleted or not. */
  forceDelete<T, A>(
    this: T,
    args: Types.Public.Exact<A, Types.Public.Args<T, 'delete'>>,
  ): Types.Public.PrismaPromise<Types.Public.Result<T, A, 'delete'>>
}

/** The methods as they run, for the `model` part of an extension. `this` is the delegate, bound to its transaction. */
export function softDeleteMethods(field: string, scopeKey: string): object {
  return {
    withDeleted(this: Delegate) {
      return scoped(this, 'with')
    },
    onlyDeleted(this: Delegate) {
      return scoped(this, 'only')
    },
    restore(this: Delegate, args: object) {
      return this.update({ ...args, data: { [field]: null }, [scopeKey]: 'only' })
    },
    forceDelete(this: Delegate, args: object) {
      return this.delete({ ...args, [scopeKey]: 'force' })
    },
  }

  function scoped(delegate: Delegate, scope: Scope): object {
    return new Proxy(delegate, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function' || !(name in readsAndWrites)) return member
        return (args?: object) => member.call(target, { ...args, [scopeKey]: scope })
      },
    })
  }
}

interface Delegate {
  update(args: object): Promise<unknown>
  delete(args: object): Promise<unknown>
}

const readsAndWrites: Readonly<Record<string | symbol, true>> = {
  findUnique: true,
  findUniqueOrThrow: true,
  findFirst: true,
  findFirstOrThrow: true,
  findMany: true,
  count: true,
  aggregate: true,
  groupBy: true,
  update: true,
  updateMany: true,
  updateManyAndReturn: true,
  upsert: true,
}
