import { delegateName } from '../delegate-name.ts'
import { DbError } from '../errors.ts'
import type { Provider } from '../metadata/metadata.ts'
import { type Attribute, attributesOf, find, namesOf, textOf } from '../metadata/psl-attributes.ts'
import { type Block, blocksOf, isMark } from '../metadata/psl-blocks.ts'

/*
 * What the rules look at: indexes, constraints and types as the schema declares them. Unlike the metadata of a client,
 * it is read from the text alone, so that a schema can be checked before a client is generated from it.
 */

export interface LintSchema {
  readonly provider: Provider
  /** By the name of their delegate, `invoiceItem`. */
  readonly models: ReadonlyMap<string, LintModel>
  readonly enums: ReadonlyMap<string, readonly string[]>
}

export interface LintModel {
  readonly name: string
  readonly table: string
  /** The database schema of `@@schema`. */
  readonly schema?: string | undefined
  readonly fields: ReadonlyMap<string, LintField>
  readonly key: readonly string[]
  readonly uniques: readonly LintIndex[]
  /** Those that are not unique. */
  readonly indexes: readonly LintIndex[]
  /** The foreign keys, each with its fields. */
  readonly foreignKeys: readonly ForeignKey[]
}

export interface LintField {
  readonly name: string
  readonly column: string
  /** `String`, or the name of an enum or model. */
  readonly type: string
  readonly list: boolean
  readonly required: boolean
  /** `VarChar(50)` of `@db.VarChar(50)`. */
  readonly nativeType?: string | undefined
  /** The database writes it, by `@default(dbgenerated())`. */
  readonly generated: boolean
}

export interface LintIndex {
  readonly fields: readonly string[]
  /** Its name in the database, where the schema gives one. */
  readonly map?: string | undefined
  /** The fields and columns its `where` names. Absent where it holds for all rows. */
  readonly where?: readonly string[] | undefined
}

export interface ForeignKey {
  readonly fields: readonly string[]
  readonly target: string
  readonly references: readonly string[]
}

const providers: ReadonlyMap<string | undefined, Provider> = new Map([
  ['sqlite', 'sqlite'],
  ['postgresql', 'postgresql'],
  ['postgres', 'postgresql'],
  ['mysql', 'mysql'],
])

/** @throws DbError `INVALID_SCHEMA` for a schema of another database, or of none */
export function readLintSchema(text: string): LintSchema {
  const blocks = blocksOf(text)
  const named = blocks
    .filter(({ keyword }) => keyword === 'datasource')
    .flatMap(({ lines }) => lines.filter(([name]) => name?.text === 'provider'))
    .map((line) => line.at(-1)?.text)
  const provider = providers.get(named[0])
  if (!provider) {
    throw new DbError(
      'INVALID_SCHEMA',
      `The schema must have a datasource of SQLite, PostgreSQL, MySQL or MariaDB, not of "${named[0] ?? 'none'}"`,
    )
  }
  const models = blocks.filter(({ keyword }) => keyword === 'model').map(modelOf)
  const enums = blocks
    .filter(({ keyword }) => keyword === 'enum')
    .map(({ name, lines }) => {
      const values = lines.filter(([first]) => first?.kind === 'word')
      return [
        name,
        values.map((line) => textOf(find(attributesOf(line), 'map')) ?? line[0]?.text ?? ''),
      ] as const
    })
  return {
    provider,
    models: new Map(models.map((model) => [delegateName(model.name), model])),
    enums: new Map(enums),
  }
}

function modelOf({ name, lines }: Block): LintModel {
  const own = lines.filter(([first]) => first && isMark(first, '@')).flatMap(attributesOf)
  const fields = lines
    .filter(([first]) => first?.kind === 'word')
    .map((line) => ({ ...fieldOf(line), attributes: attributesOf(line) }))
  const ofFields = (attribute: string): LintIndex[] =>
    fields.flatMap(({ name: field, attributes }) => {
      const found = find(attributes, attribute)
      return found ? [{ fields: [field], map: mapOf(found) }] : []
    })
  const ofModel = (attribute: string): LintIndex[] =>
    own.filter((each) => each.name === attribute).map(indexOf)
  return {
    name,
    table: textOf(find(own, 'map')) ?? name,
    schema: textOf(find(own, 'schema')),
    fields: new Map(fields.map((field) => [field.name, field])),
    key: [...ofModel('id'), ...ofFields('id')][0]?.fields ?? [],
    uniques: [...ofFields('unique'), ...ofModel('unique')],
    indexes: ofModel('index'),
    foreignKeys: fields.flatMap(({ type: target, attributes }) => {
      const relation = find(attributes, 'relation')
      if (!relation?.arguments.has('fields')) return []
      return [{ fields: namesOf(relation, 'fields'), target, references: namesOf(relation, 'references') }]
    }),
  }
}

function fieldOf(line: Block['lines'][number]): LintField {
  const attributes = attributesOf(line)
  const [name = '', type = ''] = [line[0]?.text, line[1]?.text]
  const native = attributes.find((attribute) => attribute.name.includes('.'))
  const nativeName = native?.name.split('.')[1]
  const sizes = native?.arguments.get('')?.map(({ text }) => text)
  const defaultTokens = find(attributes, 'default')?.arguments.get('') ?? []
  return {
    name,
    column: textOf(find(attributes, 'map')) ?? name,
    type,
    list: line[2] !== undefined && isMark(line[2], '['),
    required: !(line[2] !== undefined && isMark(line[2], '?')),
    nativeType: nativeName && sizes ? `${nativeName}(${sizes.join(', ')})` : nativeName,
    generated: defaultTokens.map(({ text }) => text).join('') === 'dbgenerated()',
  }
}

function indexOf(attribute: Attribute): LintIndex {
  return {
    fields: namesOf(attribute, 'fields'),
    map: mapOf(attribute),
    where: attribute.arguments
      .get('where')
      // The text of `raw("…")` is SQL.
      ?.flatMap(({ kind, text }) => (kind === 'mark' ? [] : (text.match(/[\p{L}\p{N}_]+/gu) ?? []))),
  }
}

function mapOf(attribute: Attribute): string | undefined {
  return attribute.arguments.get('map')?.[0]?.text
}
