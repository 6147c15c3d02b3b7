import type { FieldMetadata } from '../metadata/metadata.ts'
import { isJson, isStorable } from './json.ts'

/**
 * Tells whether a column can hold a value, so that the database never has to say so. Null is not for it to judge.
 * Plain objects never pass, except as Json: no operator of Prisma's can be slipped in as a value.
 */
export function fits(field: FieldMetadata, value: unknown, translated: boolean): boolean {
  if (translated) return isStorableText(value)
  if (field.kind === 'enum') return typeof value === 'string' && field.enumValues?.has(value) === true
  switch (field.type) {
    case 'String':
      return isStorableText(value) && (field.nativeType !== 'Uuid' || isUuid(value))
    case 'Int':
      return Number.isInteger(value) && Math.abs(value as number) <= maxOf(field)
    case 'BigInt':
      return Number.isSafeInteger(value) || (typeof value === 'bigint' && BigInt.asIntN(64, value) === value)
    case 'Float':
      return Number.isFinite(value)
    case 'Decimal':
      return isDecimal(value)
    case 'Boolean':
      return typeof value === 'boolean'
    case 'DateTime':
      return value instanceof Date && isYearOfDatabases(value.getUTCFullYear())
    case 'Json':
      return isJson(value)
    case 'Bytes':
      return value instanceof Uint8Array
    default:
      return false
  }
}

/** Says what `fits` accepts, for messages. */
export function expected(field: FieldMetadata, translated: boolean): string {
  if (translated) return text
  if (field.kind === 'enum') return [...(field.enumValues?.keys() ?? [field.type])].join(' | ')
  if (field.nativeType === 'Uuid') return 'UUIDs'
  if (field.type === 'Int' && maxOf(field) < maxInt) return `integers up to ±${maxOf(field)}`
  return names[field.type] ?? field.type
}

const text = 'text without NUL or lone surrogates'

const names: Readonly<Record<string, string>> = {
  String: text,
  Int: '32-bit integers',
  BigInt: '64-bit integers',
  Float: 'finite numbers',
  Decimal: 'decimals',
  Boolean: 'true or false',
  DateTime: 'valid dates from year 1 to 9999',
  Json: 'JSON values',
  Bytes: 'a Uint8Array',
}

const maxInt = 2 ** 31 - 1

/** A value that does not fit a narrower integer is an error on PostgreSQL, not merely no match. */
function maxOf({ nativeType }: FieldMetadata): number {
  if (nativeType === 'SmallInt') return 2 ** 15 - 1
  return nativeType === 'TinyInt' ? 2 ** 7 - 1 : maxInt
}

function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && isStorable(value)
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

/** Digits, or a number or instance of Decimal with an exponent that databases take. */
function isDecimal(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value)
  const { toFixed } = (value ?? {}) as { toFixed?: unknown }
  return typeof toFixed === 'function' && /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(String(value))
}

/** The years every database, and every adapter, writes with four digits. */
function isYearOfDatabases(year: number): boolean {
  return year >= 1 && year <= 9999
}
