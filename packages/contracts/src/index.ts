export type { Actor } from './actor.ts'
export type { Clock } from './clock.ts'
export type { AppError, ErrorCode, ErrorKind, Issue } from './errors.ts'
export type { IdempotencyClaim, IdempotencyStore, StoredResponse } from './idempotency.ts'
export type { LocaleContext } from './locale-context.ts'
export type { Logger } from './logger.ts'
export type { CursorPage, CursorRequest, Page, PageRequest, Slice } from './paging.ts'
export type { RateLimit, RateLimitResult, RateLimitStore } from './rate-limit.ts'
export type { RedisPort, RedisSubscriber } from './redis.ts'
export type {
  BulkOptions,
  BulkVerbs,
  CursorVerbs,
  ListOptions,
  Repository,
  SoftDeleteVerbs,
  VersionOptions,
} from './repository.ts'
export type { SortKey } from './sort.ts'
export type { SyncRepository } from './sync-repository.ts'
export type { SyncUnitOfWork } from './sync-unit-of-work.ts'
export type { Translator } from './translator.ts'
export type { Isolation, RunOptions, UnitOfWork } from './unit-of-work.ts'
