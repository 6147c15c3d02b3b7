import type { Types } from '@prisma/client/runtime/client'
import type { ManagedFields, SlugFieldOf, TranslatableOf } from '../mixins/mixin-types.ts'
import type { Replacement, Texts } from '../mixins/translatable/replace.ts'
import type { Key } from './key-types.ts'
import type { LocaleOf, MixinsOf } from './mixin-requirements.ts'

/**
 * What `create` takes: Prisma's own input, without the fields that mixins and the scope write, and what the options
 * leave out. A slug can be left to its mixin. `undefined` means not given.
 */
export type Create<C, M extends keyof C, O = {}> = Writable<
  Without<DataOf<C[M], 'create'>, SlugFieldOf<MixinsOf<C, M>>>,
  RefusedRelations<C, M, O>,
  LeftOut<C, M, O, 'create'>,
  TextsOf<C, M>
>

/** What `update` takes: the same, without the key. */
export type Update<C, M extends keyof C, O = {}> = Writable<
  DataOf<C[M], 'update'>,
  RefusedRelations<C, M, O>,
  LeftOut<C, M, O, 'update'> | IdOf<C, M>,
  TextsOf<C, M>
>

/** What to add to each number: decimals by numbers and text as well, big integers by numbers. */
export type Increments<P> = P extends { scalars: infer S }
  ? { readonly [K in keyof S as NonNullable<S[K]> extends Numeric ? K : never]?: Amount<NonNullable<S[K]>> }
  : never

export type Scalars<C, M extends keyof C> = Types.Public.Payload<C[M]> extends { scalars: infer S } ? S : {}

export type Relation<C, M extends keyof C> = (Types.Public.Payload<C[M]> extends { objects: infer R }
  ? keyof R
  : never) &
  string

/** `id`, where that is the key. */
type IdOf<C, M extends keyof C> = Key<C, M> extends object ? never : 'id'

type DataOf<T, Op extends 'create' | 'update'> =
  Types.Public.Args<T, Op> extends { data: infer D } ? D : never

/** Prisma's inputs, of which one field need not be given. */
type Without<D, Field> = [Field] extends [never]
  ? D
  : D extends unknown
    ? Omit<D, Field & keyof D> & { [K in keyof D as K extends Field ? K : never]?: D[K] }
    : never

/** Of Prisma's inputs, those that can do without the relations refused, and those without what is left out. */
type Writable<D, Refused, Left, Written> = D extends unknown
  ? {} extends Pick<D, Refused & keyof D>
    ? {
        [K in keyof D as K extends Refused | Left ? never : K]: {} extends Pick<D, K>
          ? (K extends keyof Written ? Written[K] : D[K]) | undefined
          : D[K]
      }
    : never
  : never

/** What the translatable fields of a model take. */
type TextsOf<C, M extends keyof C> = {
  [K in TranslatableOf<MixinsOf<C, M>>]:
    | string
    | Texts<LocaleOf<C[M]> & string>
    | Replacement<LocaleOf<C[M]> & string>
    | null
}

type RefusedRelations<C, M extends keyof C, O> = Exclude<
  Relation<C, M>,
  O extends { readonly nestedWrites: readonly (infer Name)[] } ? Name : never
>

/** What somebody else writes, and what a list does not name. */
type LeftOut<C, M extends keyof C, O, Verb extends 'create' | 'update'> =
  | ManagedFields<MixinsOf<C, M>>
  | (O extends { readonly scoped: () => infer Scope } ? keyof Scope : never)
  | (O extends { readonly writable: { readonly [V in Verb]: readonly (infer Name)[] } }
      ? Exclude<keyof Scalars<C, M>, Name>
      : never)

/** JSON is none, though it may hold numbers. */
type Numeric = number | bigint | DecimalLike

type Amount<V> = V extends number ? V : V extends bigint ? V | number : V | number | string

interface DecimalLike {
  toFixed(): string
  toDecimalPlaces(): unknown
}
