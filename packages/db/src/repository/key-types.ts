import type { Types } from '@prisma/client/runtime/client'
import type { HasSoftDelete, IsPublishable } from '../mixins/mixin-types.ts'
import type { MissingMixin, MixinsOf } from './mixin-requirements.ts'

/** What the model's `id` takes; for a model whose key has another name, Prisma's `where` for one row. */
export type Key<C, M extends keyof C> = KeyIn<UniqueKey<C, M>>

/** Prisma's `where` for one row: one unique of the model, and nothing else. */
export type UniqueKey<C, M extends keyof C> =
  Types.Public.Args<C[M], 'findUnique'> extends { where: infer Where } ? Where : never

/** The key where rows are deleted softly, else a type that names what is missing. */
export type SoftDeletedKey<C, M extends keyof C> =
  HasSoftDelete<MixinsOf<C, M>> extends true ? Key<C, M> : MissingMixin<'softDelete'>

/** The key where rows are publishable, else a type that names what is missing. */
export type PublishableKey<C, M extends keyof C> =
  IsPublishable<MixinsOf<C, M>> extends true ? Key<C, M> : MissingMixin<'publishable'>

type KeyIn<Where> = 'id' extends keyof Where ? ValueOr<NonNullable<Where['id' & keyof Where]>, Where> : Where

/** A column that is no key takes filters in a `where`, and those know `not`. */
type ValueOr<Value, Where> = [Extract<Value, object>] extends [never]
  ? Value
  : 'not' extends keyof Extract<Value, object>
    ? Where
    : Value
