import { DbError } from '../errors.ts'
import type { Provider } from './metadata.ts'
import type { RuntimeDataModel } from './read-schema.ts'

/*
 * The parts of a Prisma 7 client that its documentation does not promise and the metadata is read from. Nothing else
 * here may touch them; `inline-schema.test.ts` pins them, so that a Prisma that differs fails there first.
 */

export interface InlineSchema {
  /** The text of the schema, all files of it, with its comments. */
  readonly schema: string
  readonly provider: Provider
  /** Where Prisma looks for tables without `@@schema`, on PostgreSQL; undefined where the adapter does not tell. */
  readonly defaultSchema: string | undefined
  /** The same object for a client, its extensions and its transactions. */
  readonly runtime: RuntimeDataModel
}

const providers: ReadonlyMap<unknown, Provider> = new Map([
  ['sqlite', 'sqlite'],
  ['postgresql', 'postgresql'],
  ['postgres', 'postgresql'],
  ['mysql', 'mysql'],
])

/** Reads the schema a client carries. @throws DbError `PRISMA_INTERNALS` */
export function inlineSchemaOf(client: object): InlineSchema {
  const { _engineConfig: config, _runtimeDataModel: runtime } = client as Partial<Internals>
  if (typeof runtime?.models !== 'object' || typeof config?.inlineSchema !== 'string') {
    throw new DbError('PRISMA_INTERNALS', 'This is not a Prisma 7 client: it carries no schema')
  }
  const provider = providers.get(config.activeProvider)
  if (!provider) {
    throw new DbError(
      'PRISMA_INTERNALS',
      `This package knows SQLite, PostgreSQL, MySQL and MariaDB, not "${String(config.activeProvider)}"`,
    )
  }
  const defaultSchema = provider === 'postgresql' ? schemaOfAdapter(config.adapter) : undefined
  return { schema: config.inlineSchema, provider, defaultSchema, runtime }
}

/** Prisma's own adapters keep their options, those who wrap one may not. */
function schemaOfAdapter(adapter: Adapter | undefined): string | undefined {
  return adapter && 'options' in adapter ? (adapter.options?.schema ?? 'public') : undefined
}

interface Internals {
  readonly _engineConfig: {
    readonly inlineSchema: unknown
    readonly activeProvider: unknown
    readonly adapter?: Adapter
  }
  readonly _runtimeDataModel: RuntimeDataModel
}

interface Adapter {
  readonly options?: { readonly schema?: string }
}
