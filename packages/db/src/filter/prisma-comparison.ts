import type { Provider } from '../metadata/metadata.ts'
import { type Comparison, isTextLookup } from './condition.ts'

/** Prisma cuts longer lists into several statements, which not every query survives. */
const maxValues = 500

/** Says a comparison in Prisma's words, or returns `undefined` where Prisma would mean something else. */
export function prismaComparison(
  provider: Provider,
  { field, lookup, value, translated }: Comparison,
): unknown {
  if (translated || lookup === 'is_null' || field.type === 'Json' || field.type === 'Bytes') return undefined
  if (isTextLookup(lookup))
    return provider === 'postgresql' ? textOnPostgresql(lookup, value as string) : undefined
  // Prisma sends decimals as text, and MariaDB compares a list of those as doubles.
  if (field.type === 'Decimal' && provider === 'mysql') return undefined
  // In a list such as [1e21, 0.1 + 0.2] Prisma 7.10 loses one of the numbers.
  if (lookup === 'in' && field.type === 'Float') return undefined
  if (lookup === 'in' && (value as readonly unknown[]).length > maxValues) return undefined
  return lookup === 'eq' ? value : { [lookup]: value }
}

const textWords: Readonly<Record<string, string>> = {
  contains: 'contains',
  startswith: 'startsWith',
  endswith: 'endsWith',
}

/** Prisma leaves `%` and `_` as they are. Escaped, they are literal on PostgreSQL, whose LIKE minds the case. */
function textOnPostgresql(lookup: string, value: string): object | undefined {
  const folds = lookup.startsWith('i')
  const word = textWords[folds ? lookup.slice(1) : lookup]
  if (word === undefined) return undefined
  return { [word]: value.replace(/[\\%_]/g, '\\$&'), ...(folds && { mode: 'insensitive' }) }
}
