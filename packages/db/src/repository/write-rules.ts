import { DbError } from '../errors.ts'
import type { Scope } from '../filter/scope.ts'
import { expected, fits } from '../filter/value.ts'
import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'
import { isShape, type Shape } from '../rewrite/shape.ts'
import type { UntypedOptions } from './options.ts'

/** What data may name, besides what the model has. */
export interface WriteRules {
  /** Fields that somebody else writes, and who. */
  readonly managed: ReadonlyMap<string, string>
  /** Columns that a new row, or a change, may name. Undefined: all. */
  readonly create?: ReadonlySet<string> | undefined
  readonly update?: ReadonlySet<string> | undefined
  /** Relations that may be written through. */
  readonly nested: ReadonlySet<string>
}

export function writeRules(
  { writable = {}, nestedWrites = [] }: UntypedOptions,
  managed: ReadonlySet<string>,
): WriteRules {
  return {
    managed: new Map([...managed].map((name) => [name, 'its mixins'])),
    create: writable.create && new Set(writable.create),
    update: writable.update && new Set(writable.update),
    nested: new Set(nestedWrites),
  }
}

/** The rules with a scope, whose columns are written by nobody else. */
export function rulesWithin(rules: WriteRules, scope: Scope): WriteRules {
  const stamped = Object.keys(scope).map((name): [string, string] => [name, 'its scope'])
  return { ...rules, managed: new Map([...rules.managed, ...stamped]) }
}

/**
 * Copies the data's own entries. Refuses a field that the model does not have or that is not the caller's to write:
 * TypeScript lets surplus keys of a variable through, and Prisma's own message would print the values beside it. Refuses a
 * value that the column cannot hold: databases change some of those in silence.
 *
 * @throws DbError `UNKNOWN_FIELD`, `MANAGED_FIELD`, `FIELD_NOT_WRITABLE`, `FIELD_VALUE`
 */
export function checkedRow(model: ModelMetadata, data: object, rules: WriteRules): Shape {
  return checkedData(model, data, rules, rules.create)
}

/** The same for a change, which cannot move a row to another key either. */
export function checkedChange(model: ModelMetadata, data: object, rules: WriteRules): Shape {
  const change = checkedData(model, data, rules, rules.update)
  const moved = model.key.find((name) => change[name] !== undefined)
  if (moved === undefined) return change
  throw new DbError('MANAGED_FIELD', `"${moved}" is the key of ${model.name} and cannot be changed`)
}

function checkedData(
  model: ModelMetadata,
  data: object,
  { managed, nested }: WriteRules,
  writable: ReadonlySet<string> | undefined,
): Shape {
  if (!isShape(data)) throw new DbError('FIELD_VALUE', `The data of ${model.name} is an object`)
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name)
    if (!field) {
      const known = [...model.fields.keys()].join(', ')
      throw new DbError('UNKNOWN_FIELD', `${model.name} has no field "${name}"; it has: ${known}`)
    }
    copy[name] = value // never `__proto__`: the model has a field of this name
    if (value === undefined) continue
    const writer = managed.get(name)
    if (writer !== undefined) {
      throw new DbError(
        'MANAGED_FIELD',
        `"${name}" of ${model.name} is written by ${writer} and cannot be set`,
      )
    }
    if (field.relation ? !nested.has(name) : writable && !writable.has(name)) throw notWritable(field)
    checkValue(field, isShape(value) && 'set' in value ? value['set'] : value)
  }
  return copy
}

function notWritable({ model, name, relation }: FieldMetadata): DbError {
  const how = relation ? 'name it in "nestedWrites" to write through it' : '"writable" does not name it'
  return new DbError('FIELD_NOT_WRITABLE', `"${name}" of ${model} cannot be written here: ${how}`, {
    params: { field: name },
    issues: [{ path: [name], code: 'NOT_WRITABLE', message: 'Cannot be written' }],
  })
}

/** Columns whose values Prisma or a database would change rather than refuse. */
const checkedTypes: readonly string[] = ['String', 'Int', 'BigInt', 'Float', 'DateTime']

/** Objects are Prisma's own operations, `{ increment: 1 }`, and lists those of list columns: they are left to Prisma. */
function checkValue(field: FieldMetadata, value: unknown): void {
  if (value === undefined || field.list || (value === null && !field.required)) return
  if (field.kind !== 'enum' && !(field.kind === 'scalar' && checkedTypes.includes(field.type))) return
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) return
  if (fits(field, value, false) || isDateText(field, value)) return
  const what = expected(field, false)
  throw new DbError('FIELD_VALUE', `${field.model}.${field.name} holds ${what}`, {
    params: { field: field.name, expected: what },
    issues: [{ path: [field.name], code: 'TYPE', message: `Must be ${what}`, params: { expected: what } }],
  })
}

/** Prisma takes ISO text for a date when it writes. */
function isDateText({ type }: FieldMetadata, value: unknown): boolean {
  return type === 'DateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
