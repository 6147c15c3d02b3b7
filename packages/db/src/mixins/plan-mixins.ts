import { liveColumnsOf } from '../metadata/live-columns.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { metadataOf } from '../metadata/metadata-of.ts'
import { modelsOf, omittedOf } from '../prisma-internals.ts'
import { createGraph, type Graph } from '../rewrite/graph.ts'
import { combineRules, type ModelRules } from '../rewrite/rules.ts'
import { type Cascades, cascadesOf } from './cascade.ts'
import { type ResolvedMixins, resolveMixins, softDeleteFieldsOf, textFieldsOf } from './resolve-mixins.ts'
import { slugRules } from './slug/slug-rules.ts'
import { type SlugTables, slugTablesOf } from './slug/slug-tables.ts'
import { softDeleteRules } from './soft-delete.ts'
import { timestampRules } from './timestamps.ts'
import { createLocales, type LocaleOptions, type Locales } from './translatable/locales.ts'
import { createTranslatable, type Translatable } from './translatable/translatable.ts'
import { versionRules } from './version.ts'

/** What the mixins of a client come to, worked out once. The maps are by model. */
export interface MixinPlan {
  readonly metadata: Metadata
  readonly declared: ReadonlyMap<string, ResolvedMixins>
  /** The fields that mark rows as deleted. */
  readonly softDelete: ReadonlyMap<string, string>
  readonly cascades: Cascades
  readonly slugs: SlugTables
  /** The fields that hold one text per locale. */
  readonly textFields: ReadonlyMap<string, ReadonlySet<string>>
  /** Both absent without such fields. */
  readonly locales: Locales | undefined
  readonly translatable: Translatable | undefined
  /** The models with their rules, and the ways to them. */
  readonly graph: Graph
}

/** @throws DbError `MIXIN_CONFIG` when the client has no such model or field */
export function planMixins(
  client: object,
  config: Readonly<Record<string, unknown>>,
  options: LocaleOptions,
): MixinPlan {
  const declared = resolveMixins(config, modelsOf(client))
  const metadata = metadataOf(client)
  const textFields = textFieldsOf(declared)
  const locales = textFields.size > 0 ? createLocales(options) : undefined
  const translatable = locales && createTranslatable(metadata, textFields, locales)
  const rules = new Map(
    [...declared].map(([name, mixins]) => {
      const model = metadata.models.get(name)
      const live = model ? [...liveColumnsOf(model).values()] : []
      return [name, rulesOf(mixins, { texts: translatable?.rules.get(name), live })]
    }),
  )
  return {
    metadata,
    declared,
    softDelete: softDeleteFieldsOf(declared),
    cascades: cascadesOf(metadata, declared, rules),
    slugs: slugTablesOf(metadata, declared),
    textFields,
    locales,
    translatable,
    graph: createGraph(metadata, rules, omittedOf(client)),
  }
}

/** The order in which data passes the mixins: what a deletion writes is a change, too. */
function rulesOf(
  { timestamps, softDelete, version, slug }: ResolvedMixins,
  { texts, live }: { readonly texts: ModelRules | undefined; readonly live: readonly string[] },
): ModelRules {
  return combineRules([
    ...(softDelete === undefined ? [] : [softDeleteRules(softDelete, live)]),
    ...(timestamps ? [timestampRules(timestamps)] : []),
    ...(version === undefined ? [] : [versionRules(version)]),
    ...(slug ? [slugRules(slug)] : []),
    ...(texts ? [texts] : []),
  ])
}
