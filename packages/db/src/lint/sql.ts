import type { Provider } from '../metadata/metadata.ts'
import type { LintField, LintIndex, LintModel, LintSchema } from './schema.ts'

/** The most a name of an index may have, in characters; Prisma cuts what is before `_key` and `_idx`. */
const longest: Readonly<Record<Provider, number>> = { sqlite: 10_000, postgresql: 63, mysql: 64 }

/** Names a table or column in SQL. */
export function quoted(name: string, provider: Provider): string {
  return provider === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`
}

export function quotedTable({ schema, table }: LintModel, provider: Provider): string {
  return [...(schema === undefined ? [] : [schema]), table].map((name) => quoted(name, provider)).join('.')
}

/** `"a", "b"` of fields. */
export function quotedColumns({ fields }: LintModel, names: readonly string[], provider: Provider): string {
  return names.map((name) => quoted(fields.get(name)?.column ?? name, provider)).join(', ')
}

/** The name an index has in the database: the one of the schema, or the one Prisma gives it. */
export function indexName(
  { table, fields }: LintModel,
  index: LintIndex,
  { kind, provider }: { readonly kind: 'key' | 'idx'; readonly provider: Provider },
): string {
  if (index.map !== undefined) return index.map
  const columns = index.fields.map((name) => fields.get(name)?.column ?? name)
  const suffix = `_${kind}`
  return `${[table, ...columns].join('_').slice(0, longest[provider] - suffix.length)}${suffix}`
}

/** The type of a column on MySQL and MariaDB. Undefined where it cannot be unique at all. */
export function mysqlType({ type, nativeType }: LintField, { enums }: LintSchema): string | undefined {
  if (nativeType !== undefined) {
    if (/(Text|Blob)$/.test(nativeType)) return undefined
    const [, unsigned, name] = /^(Unsigned)?(.+)$/.exec(nativeType) ?? []
    return `${name?.toUpperCase()}${unsigned === undefined ? '' : ' UNSIGNED'}`
  }
  const values = enums.get(type)
  if (values) return `ENUM(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`
  return mysqlTypes.get(type)
}

/** As Prisma creates them. */
const mysqlTypes: ReadonlyMap<string, string> = new Map([
  ['String', 'VARCHAR(191)'],
  ['Int', 'INTEGER'],
  ['BigInt', 'BIGINT'],
  ['Float', 'DOUBLE'],
  ['Decimal', 'DECIMAL(65,30)'],
  ['Boolean', 'BOOLEAN'],
  ['DateTime', 'DATETIME(3)'],
])
