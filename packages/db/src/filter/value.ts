import type { FieldMetadata } from '../metadata/metadata.ts'
import { expectedValue, isValueOf } from './column-value.ts'
import { isJson } from './json.ts'

/**
 * Tells whether a column can hold a value, so that the database never has to say so. Null is not for it to judge.
 * Plain objects never pass, except as Json.
 */
export function fits(field: FieldMetadata, value: unknown, translated: boolean): boolean {
  if (translated) return isValueOf(textField, value, noEnums)
  switch (field.type) {
    case 'Json':
      return isJson(value)
    case 'Bytes':
      return value instanceof Uint8Array
    case 'DateTime':
      return isValueOf(scalar(field), value, noEnums) && isYearOfDatabases(value as Date)
    case 'Decimal':
      return (
        isValueOf(scalar(field), value, noEnums) && /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(String(value))
      )
    case 'Int':
      return isValueOf(scalar(field), value, noEnums) && Math.abs(value as number) <= maxOf(field)
    default:
      return (
        isValueOf(scalar(field), value, enumsOf(field)) &&
        (field.nativeType !== 'Uuid' || isUuid(value as string))
      )
  }
}

/** Says what `fits` accepts, for messages. */
export function expected(field: FieldMetadata, translated: boolean): string {
  if (translated) return expectedValue(textField, noEnums)
  if (field.type === 'Json') return 'JSON values'
  if (field.type === 'Bytes') return 'a Uint8Array'
  if (field.nativeType === 'Uuid') return 'UUIDs'
  if (field.type === 'DateTime') return 'valid dates from year 1 to 9999'
  if (field.type === 'Int' && maxOf(field) < 2 ** 31 - 1) return `integers up to ±${maxOf(field)}`
  return expectedValue(scalar(field), enumsOf(field))
}

type Checked = Parameters<typeof isValueOf>[0]
type Enums = Parameters<typeof isValueOf>[2]

const noEnums: Enums = new Map()
const textField: Checked = { name: '', kind: 'scalar', type: 'String' }

function scalar({ name, kind, type }: FieldMetadata): Checked {
  return { name, kind: kind === 'enum' ? 'enum' : 'scalar', type }
}

function enumsOf({ type, enumValues }: FieldMetadata): Enums {
  return enumValues ? new Map([[type, [...enumValues.keys()]]]) : noEnums
}

/** A value that does not fit a narrower integer is an error on PostgreSQL, not merely no match. */
function maxOf({ nativeType }: FieldMetadata): number {
  if (nativeType === 'SmallInt') return 2 ** 15 - 1
  return nativeType === 'TinyInt' ? 2 ** 7 - 1 : 2 ** 31 - 1
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}

/** The years every database, and every adapter, writes with four digits. */
function isYearOfDatabases(date: Date): boolean {
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999
}
