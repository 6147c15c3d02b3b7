import type { Metadata, ModelMetadata } from '../../metadata/metadata.ts'
import { wrong } from '../config-error.ts'
import type { ResolvedMixins } from '../resolve-mixins.ts'
import type { Slug } from './resolve-slug.ts'

/** The slugs of one model, as its table keeps them apart. */
export interface SlugTable {
  readonly model: ModelMetadata
  readonly slug: Slug
  /** The fields whose unique a clash breaks: the slug's own, and the one that MySQL generates from it for live rows. */
  readonly unique: readonly string[]
  /** The other fields of a unique of several: rows that differ in them may share a slug. */
  readonly beside: readonly string[]
  /** The field that says when a row was deleted, where deleted rows do not keep their slugs. */
  readonly deletedAt?: string
}

/** By model. */
export type SlugTables = ReadonlyMap<string, SlugTable>

/** @throws DbError `MIXIN_CONFIG` for a slug without a unique, which nothing would keep from being given twice */
export function slugTablesOf(
  { models }: Metadata,
  declared: ReadonlyMap<string, ResolvedMixins>,
): SlugTables {
  const tables = [...declared].flatMap(([name, { slug, softDelete }]): [string, SlugTable][] =>
    slug ? [[name, tableOf(models.get(name) as ModelMetadata, slug, softDelete)]] : [],
  )
  return new Map(tables)
}

function tableOf(model: ModelMetadata, slug: Slug, softDelete: string | undefined): SlugTable {
  const generated = `${slug.field}Live`
  const unique = [slug.field, generated]
  const found = model.uniques.filter(({ fields }) => fields.some((name) => unique.includes(name)))
  const [first] = found
  if (!first) throw wrong(`"${slug.field}" of ${model.delegate} needs @unique in schema.prisma`)
  const forLive = found.every(({ partial, fields }) => partial || fields.includes(generated))
  return {
    model,
    slug,
    unique,
    beside: first.fields.filter((name) => !unique.includes(name)),
    ...(softDelete !== undefined && forLive && { deletedAt: softDelete }),
  }
}
