import type { FieldInfo } from '../prisma-internals.ts'

type Enums = ReadonlyMap<string, readonly string[]>

const maxInt = 2 ** 31 - 1

/**
 * Tells whether a value is one the column itself could hold. Plain objects never are, so no operator of Prisma's can
 * be slipped in as a value.
 */
export function isValueOf({ kind, type }: FieldInfo, value: unknown, enums: Enums): boolean {
  if (kind === 'enum') return typeof value === 'string' && (enums.get(type)?.includes(value) ?? false)
  switch (type) {
    case 'String':
      return typeof value === 'string' && isStorableText(value)
    case 'Int':
      return Number.isInteger(value) && Math.abs(value as number) <= maxInt
    case 'BigInt':
      return Number.isSafeInteger(value) || (typeof value === 'bigint' && BigInt.asIntN(64, value) === value)
    case 'Float':
      return Number.isFinite(value)
    case 'Decimal':
      return Number.isFinite(value) || isDecimalText(value) || isDecimal(value)
    case 'Boolean':
      return typeof value === 'boolean'
    case 'DateTime':
      return value instanceof Date && value.getUTCFullYear() >= 1 && value.getUTCFullYear() <= 9999
    default:
      return false
  }
}

/** Says what `isValueOf` accepts, for messages. */
export function expectedValue({ kind, type }: FieldInfo, enums: Enums): string {
  if (kind === 'enum') return enums.get(type)?.join(' | ') ?? type
  const names: Record<string, string> = {
    String: 'text without NUL or lone surrogates',
    Int: '32-bit integers',
    BigInt: '64-bit integers',
    Float: 'finite numbers',
    Decimal: 'decimals',
    Boolean: 'true or false',
    DateTime: 'dates from year 1 to 9999',
  }
  return names[type] ?? type
}

/** PostgreSQL stores no NUL, and a lone surrogate is no UTF-8 at all. */
function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}

function isDecimalText(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
}

function isDecimal(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { toFixed?: unknown }).toFixed === 'function'
  )
}
