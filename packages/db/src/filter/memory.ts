import type { FieldMetadata } from '../metadata/metadata.ts'
import type { Comparison, Condition, Related } from './condition.ts'
import { compareDecimals } from './decimal.ts'
import { patternExpression, patternParts } from './like-pattern.ts'
import type { SortStep } from './parse-order.ts'

/** A row as Prisma returns it, with the related rows the condition asks for: an object or null, or a list. */
export type MemoryRow = Readonly<Record<string, unknown>>

export interface MemoryOptions {
  /** Where the text of a translated field is looked for, in turn. */
  readonly locales?: readonly string[]
  /** What the `i…` lookups compare. @default letters from A to Z in lower case, as SQLite has it */
  readonly fold?: (text: string) => string
}

/** Tells whether a row fulfils a condition, by the rules the databases follow, written down independently of SQL. */
export function matches(condition: Condition, row: MemoryRow, options: MemoryOptions = {}): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => matches(part, row, options))
    case 'any':
      return condition.of.some((part) => matches(part, row, options))
    case 'not':
      return !matches(condition.of, row, options)
    case 'compare':
      return compares(condition, row, options)
    case 'related':
      return related(condition, row, options)
  }
}

/** Orders rows as a key query does: by code points, null first, enums as they were declared. */
export function compareRows(
  order: readonly SortStep[],
  options: MemoryOptions = {},
): (left: MemoryRow, right: MemoryRow) => number {
  return (left, right) => {
    for (const step of order) {
      const [a, b] = [sortValue(step, left, options), sortValue(step, right, options)]
      const result = compareNullable(step, a, b)
      if (result !== 0) return step.descending ? -result : result
    }
    return 0
  }
}

function related({ field, quantifier, of }: Related, row: MemoryRow, options: MemoryOptions): boolean {
  const rows = [row[field.name]]
    .flat()
    .filter((target) => target !== null && target !== undefined) as MemoryRow[]
  if (quantifier === 'every') return rows.every((target) => matches(of, target, options))
  return rows.some((target) => matches(of, target, options)) === (quantifier === 'some')
}

function compares(
  { field, lookup, value, translated, locales }: Comparison,
  row: MemoryRow,
  options: MemoryOptions,
): boolean {
  const found = readValue({ field, translated }, row, locales ? { locales } : options)
  if (lookup === 'is_null') return (found === null) === value
  if (found === null) return false
  const compare = (other: unknown) => compareValues({ field, translated }, found, other)
  switch (lookup) {
    case 'eq':
      return compare(value) === 0
    case 'in':
      return (value as readonly unknown[]).some((item) => compare(item) === 0)
    case 'lt':
      return compare(value) < 0
    case 'lte':
      return compare(value) <= 0
    case 'gt':
      return compare(value) > 0
    case 'gte':
      return compare(value) >= 0
    default: {
      const folds = lookup.startsWith('i')
      const fold = folds ? (options.fold ?? foldAscii) : (text: string) => text
      return compareText(folds ? lookup.slice(1) : lookup, fold(String(found)), fold(String(value)))
    }
  }
}

function compareText(kind: string, text: string, value: string): boolean {
  switch (kind) {
    case 'contains':
      return text.includes(value)
    case 'startswith':
      return text.startsWith(value)
    case 'endswith':
      return text.endsWith(value)
    case 'like':
      return patternExpression(patternParts(value)).test(text)
    default:
      return text === value
  }
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

interface Read {
  readonly field: FieldMetadata
  readonly translated: boolean
}

function readValue({ field, translated }: Read, row: MemoryRow, { locales = [] }: MemoryOptions): unknown {
  const value = row[field.name] ?? null
  if (!translated || value === null) return value
  const texts = value as Readonly<Record<string, unknown>>
  return locales.map((locale) => texts[locale] ?? null).find((text) => text !== null) ?? null
}

function sortValue(step: SortStep, row: MemoryRow, options: MemoryOptions): unknown {
  const owner = step.path
    .slice(0, -1)
    .reduce<unknown>((at, name) => (at as MemoryRow | null)?.[name] ?? null, row)
  return owner === null ? null : readValue(step, owner as MemoryRow, options)
}

function compareNullable(read: Read, left: unknown, right: unknown): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1
  return compareValues(read, left, right)
}

function compareValues({ field, translated }: Read, left: unknown, right: unknown): number {
  if (translated) return compareCodePoints(left as string, right as string)
  if (field.enumValues) {
    const names = [...field.enumValues.keys()]
    return names.indexOf(left as string) - names.indexOf(right as string)
  }
  switch (field.type) {
    case 'String':
      return compareCodePoints(left as string, right as string)
    case 'Decimal':
      return compareDecimals(left, right)
    case 'Json':
    case 'Bytes':
      return canonical(left) === canonical(right) ? 0 : 1
    case 'DateTime':
      return (left as Date).getTime() - (right as Date).getTime()
    default:
      return (left as number) < (right as number) ? -1 : (left as number) > (right as number) ? 1 : 0
  }
}

/** `<` compares UTF-16, in which an emoji comes before some older letters. */
function compareCodePoints(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  for (const [at, letter] of a.entries()) {
    const other = b[at]
    if (other === undefined) return 1
    const difference = (letter.codePointAt(0) as number) - (other.codePointAt(0) as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** JSON without regard to the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
