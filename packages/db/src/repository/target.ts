import type { Clock } from '@fastkit/contracts'
import { readSessionsOf } from '../connections/read-your-writes.ts'
import type { ReadSessions } from '../context/read-session.ts'
import { DbError } from '../errors.ts'
import type { Condition } from '../filter/condition.ts'
import type { Selection } from '../filter/find-by-keys.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { parseOrder, type SortStep } from '../filter/parse-order.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { managedFields, mixinFieldsOf } from '../mixins/mixin-fields.ts'
import { type Publication, publicationFilter, publicationWhere } from '../mixins/publishable.ts'
import type { ResolvedMixins } from '../mixins/resolve-mixins.ts'
import { allLocales, type Locales } from '../mixins/translatable/locales.ts'
import { mustPrismaCount } from '../reading/count-rows.ts'
import type { Source, Visible } from '../reading/source.ts'
import { scopeOf } from '../scoping/scope-of.ts'
import { createScoping } from '../scoping/scoping.ts'
import { whereKey } from './key.ts'
import { checkOptions, type UntypedOptions } from './options.ts'
import { rulesWithin, type WriteRules, writeRules } from './write-rules.ts'

/** One model on one client, and the rules of its repository: what every verb starts from, by `targetOfCall`. */
export interface Target {
  readonly client: () => object
  /** Of a client with replicas; undefined for others. */
  readonly sessions: ReadSessions | undefined
  readonly source: Source
  readonly rules: WriteRules
  readonly options: UntypedOptions
  readonly mixins: ResolvedMixins
  readonly clock: Clock
  readonly locales: Locales | undefined
  /** Only these rows, of a model that is publishable. */
  readonly publication?: Publication
}

/** @throws DbError `UNKNOWN_MODEL`, `REPOSITORY_OPTIONS` */
export function createTarget(client: () => object, key: string, options: UntypedOptions): Target {
  const metadata = metadataOf(client())
  const model = metadata.delegates.get(key)
  if (!model) {
    const known = [...metadata.delegates.keys()].join(', ')
    throw new DbError('UNKNOWN_MODEL', `There is no model "${key}"; there are: ${known}`)
  }
  checkOptions(model, options)
  const fields = mixinFieldsOf(client())
  return {
    client,
    sessions: readSessionsOf(client()),
    source: {
      metadata,
      model,
      softDelete: fields.softDelete,
      visible: 'live',
      scope: undefined,
      translatable: fields.translatable,
      locale: undefined,
      chain: [],
      scoping: createScoping(metadata),
      asksPrismaToCount: mustPrismaCount(client(), metadata, model),
      checkKey: fields.checkKeyOf(model.name),
    },
    rules: writeRules(options, managedFields(fields, model.name)),
    options,
    mixins: fields.declared.get(model.name) ?? {},
    clock: fields.clock,
    locales: fields.locales,
  }
}

/** The same model on another client, whose tables may be in another schema, and deleted softly or not. */
export function onClient(target: Target, client: object): Target {
  const { softDelete } = mixinFieldsOf(client)
  const metadata = metadataOf(client)
  const asksPrismaToCount = mustPrismaCount(client, metadata, target.source.model)
  const source = { ...target.source, metadata, softDelete, asksPrismaToCount }
  return { ...target, client: () => client, sessions: readSessionsOf(client), source }
}

/** Asks for the locale and the scope, once for each call of a verb. @throws DbError `SCOPE_VALUE`, `MIXIN_CONFIG` */
export function targetOfCall(given: Target, { locale }: { readonly locale?: string } = {}): Target {
  const target = withCurrentLocale(locale === undefined ? given : inLocale(given, locale))
  const scope = scopeOf(target.source.model, target.options.scoped)
  return scope
    ? { ...target, source: { ...target.source, scope }, rules: rulesWithin(target.rules, scope) }
    : target
}

/** The same model in a locale. @throws DbError `MIXIN_CONFIG` without translatable fields */
export function inLocale(target: Target, locale: string): Target {
  if (target.locales) return { ...target, source: { ...target.source, locale } }
  throw new DbError('MIXIN_CONFIG', 'No model of this client was declared with translatable fields')
}

/** One locale for all that a verb does. Where all texts are read, those of the current one are compared. */
function withCurrentLocale(target: Target): Target {
  const { locales, source } = target
  if (!locales) return target
  const { locale = locales.current() } = source
  const chain = locales.chain(locale === allLocales ? locales.current() : locale)
  return { ...target, source: { ...source, locale, chain } }
}

/** The same model, with deleted rows or of nothing else. @throws DbError `MIXIN_CONFIG` without soft delete */
export function withVisibility(target: Target, visible: Visible): Target {
  requireSoftDelete(target)
  return { ...target, source: { ...target.source, visible } }
}

/** The same model, of rows in one state of publication. @throws DbError `MIXIN_CONFIG` unless it is publishable */
export function inPublication(target: Target, publication: Publication): Target {
  requirePublishable(target)
  return { ...target, publication }
}

export function requirePublishable({ source: { model }, mixins: { publishable } }: Target): string {
  if (publishable !== undefined) return publishable
  throw new DbError('MIXIN_CONFIG', `${model.name} was not declared publishable`)
}

export function requireSoftDelete({ source: { model, softDelete } }: Target): void {
  if (softDelete.has(model.name)) return
  throw new DbError('MIXIN_CONFIG', `${model.name} was not declared with soft delete`)
}

export function conditionOf(target: Target, filter: object = {}): Condition {
  const { source } = target
  const condition = parseFilter(source.metadata, source.model.name, filter, source)
  if (!target.publication) return condition
  const { publication, clock } = target
  const state = publicationFilter(requirePublishable(target), publication, new Date(clock.now()))
  return { kind: 'all', of: [parseFilter(source.metadata, source.model.name, state), condition] }
}

export function orderOf(
  { source }: Target,
  orderBy: string | readonly string[] | undefined,
): readonly SortStep[] {
  return parseOrder(source.metadata, source.model.name, orderBy, source)
}

/** Prisma's `where` for the row of a key. `undefined`: there cannot be one. @throws DbError `UNKNOWN_FIELD` */
export function rowOf(target: Target, key: unknown): Record<string, unknown> | undefined {
  const where = whereKey(target.source.model, key)
  const { publication, clock } = target
  if (!where || !publication) return where
  const state = publicationWhere(publication, new Date(clock.now()))
  return { ...where, AND: [{ [requirePublishable(target)]: state }] }
}

/** The same for a row that has to be there. @throws DbError `NOT_FOUND` for a key no row can have */
export function rowOrFail(target: Target, key: unknown): Record<string, unknown> {
  const where = rowOf(target, key)
  if (where === undefined) throw notFound(target)
  return where
}

export function notFound({ source: { model } }: Target): DbError {
  return new DbError('NOT_FOUND', `There is no such ${model.name}`, { params: { model: model.name } })
}

/** What is read of a row. */
export interface UntypedSelection {
  readonly select?: unknown
  readonly include?: unknown
}

/** Its shape is Prisma's own, which the types have checked. */
export function selected({ select, include }: UntypedSelection = {}): Selection {
  return { ...(select !== undefined && { select }), ...(include !== undefined && { include }) } as Selection
}
