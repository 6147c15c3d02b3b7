import type { ErrorModel } from './error-model.ts'
import type { AdapterFacts } from './facts.ts'

/**
 * Names the fields of the schema that an error is about. Empty when the database does not tell, or means another
 * model than this one.
 */
export function fieldsOf(adapter: AdapterFacts, model: ErrorModel | undefined): string[] {
  const { constraint, column, originalMessage = '' } = adapter
  const named = constraint?.fields ?? (column === undefined ? columnOf(originalMessage) : [column])
  const [only = ''] = named
  const index = constraint?.index ?? /^index '(.+)'$/.exec(only)?.[1]
  if (!model) return index === undefined ? named.map(unquoted).filter(isName) : []
  return index === undefined
    ? fieldsOfColumns(named.map(unquoted), model)
    : fieldsOfIndex(index, adapter, model)
}

/** Some texts hold a column that the adapter does not pass on. Only names of the model leave here, so no value can. */
function columnOf(text: string): string[] {
  const postgresql = /^null value in column "(.+?)" of relation "/.exec(text)
  const mariadb =
    /^(?:Out of range value for column|Data truncated for column|Incorrect \w+ value: .* for column) [^ ]*?[`']?(\w+)[`'] at row/s.exec(
      text,
    )
  const column = (postgresql ?? mariadb)?.[1]
  return column === undefined ? [] : [column]
}

/** Every column must be one of the model's: half of a composite key is more misleading than none. */
function fieldsOfColumns(columns: readonly string[], model: ErrorModel): string[] {
  const fields = columns.map((column) => fieldOfColumn(column, model))
  return fields.includes(undefined) ? [] : (fields as string[])
}

function fieldsOfIndex(index: string, { table }: AdapterFacts, model: ErrorModel): string[] {
  const declared = model.uniques?.find(({ name }) => name === index)
  if (declared) return [...declared.fields]
  if (index === 'PRIMARY' || index.endsWith('_pkey')) return fieldsOfColumns(['id'], model)
  const words = index.replace(/_(?:key|fkey)$/, '')
  const known = table ?? model.dbName
  if (known) return words.startsWith(`${known}_`) ? parsed(words.slice(known.length + 1), model) : []
  return words.startsWith(`${model.name}_`)
    ? parsed(words.slice(model.name.length + 1), model)
    : fromTheRight(words, model)
}

/** Reads `authorId_title` as columns, all of it or nothing. Column names may hold the separator themselves. */
function parsed(words: string, model: ErrorModel): string[] {
  const parts = words.split('_')
  for (let end = parts.length; end > 0; end--) {
    const field = fieldOfColumn(parts.slice(0, end).join('_'), model)
    if (field === undefined) continue
    if (end === parts.length) return [field]
    const rest = parsed(parts.slice(end).join('_'), model)
    if (rest.length > 0) return [field, ...rest]
  }
  return []
}

/** Without the table's name, whatever stands in front of the columns is taken for it. */
function fromTheRight(words: string, model: ErrorModel): string[] {
  const parts = words.split('_')
  for (let start = 1; start < parts.length; start++) {
    const fields = parsed(parts.slice(start).join('_'), model)
    if (fields.length > 0) return fields
  }
  return []
}

function fieldOfColumn(column: string, model: ErrorModel): string | undefined {
  for (const [key, { name, dbName }] of model.fields) if ((dbName ?? key) === column) return name
  return undefined
}

function unquoted(column: string): string {
  return column.replace(/^["`](.*)["`]$/, '$1')
}

function isName(column: string): boolean {
  return /^\w{1,64}$/.test(column)
}
