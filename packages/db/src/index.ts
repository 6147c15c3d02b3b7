export type { ConnectionClient, Connections, ConnectionsOptions } from './connections/create-connections.ts'
export { createConnections } from './connections/create-connections.ts'
export type { Health, HealthClient, PingOptions } from './connections/health.ts'
export { ping } from './connections/health.ts'
export type { ReadReplicasOptions } from './connections/read-replicas.ts'
export { readReplicas } from './connections/read-replicas.ts'
export { onPrimary, readYourWrites } from './connections/read-your-writes.ts'
export type { AmbientExtension } from './context/ambient.ts'
export { ambient } from './context/ambient.ts'
export type { EffectOptions } from './context/effects.ts'
export type { PrismaUnitOfWork, UnitOfWorkOptions } from './context/unit-of-work.ts'
export { createUnitOfWork } from './context/unit-of-work.ts'
export type { ErrorField, ErrorModel, NamedUnique } from './database-errors/error-model.ts'
export { isRetryable, translateDatabaseError } from './database-errors/translate-database-error.ts'
export type { DbErrorCode, DbErrorOptions } from './errors.ts'
export { codes, DbError } from './errors.ts'
export type { Finding, LintRule } from './lint/finding.ts'
export { lintClient, lintSchema } from './lint/lint-schema.ts'
export type {
  FieldName,
  FieldNames,
  MissingField,
  ModelMixins,
  ModelName,
  SlugName,
  SlugOptions,
  SoftDeleteCascade,
  SoftDeleteName,
  TimestampNames,
} from './mixins/mixin-types.ts'
export type { ClientFields, FastkitMeta, MixinsExtension, MixinsOptions, ModelKey } from './mixins/mixins.ts'
export { mixins } from './mixins/mixins.ts'
export type { PurgeArgs, SoftDeleteMethods } from './mixins/soft-delete-methods.ts'
export type { InAllLocales } from './mixins/translatable/in-locale.ts'
export type { LocaleOptions, Locales } from './mixins/translatable/locales.ts'
export type { Replacement, Texts } from './mixins/translatable/replace.ts'
export { replace } from './mixins/translatable/replace.ts'
export { createRepository } from './repository/create-repository.ts'
export type { Create, Increments, Update } from './repository/data-types.ts'
export type {
  CheckFilter,
  Filter,
  FilterShape,
  FilterValue,
  OrderBy,
  OrderKeys,
  OwnFilter,
  UnknownField,
  UnknownLookup,
  WrongValue,
} from './repository/filter.ts'
export type { All, Any, Not } from './repository/groups.ts'
export { all, any, not } from './repository/groups.ts'
export type { Key, PublishableKey, SoftDeletedKey, UniqueKey } from './repository/key-types.ts'
export type {
  LocaleOf,
  MissingMixin,
  RequiresPublishable,
  RequiresSoftDelete,
} from './repository/mixin-requirements.ts'
export type { RepositoryOptions } from './repository/options.ts'
export type { CursorPaging, Iterating, Listing, Paging } from './repository/paging-types.ts'
export { PrismaRepository } from './repository/prisma-repository.ts'
export type {
  AggregateOf,
  Functions,
  IncludeOf,
  InLocale,
  Matching,
  Row,
  SelectedRow,
  Selection,
  SelectOf,
} from './repository/selection-types.ts'
