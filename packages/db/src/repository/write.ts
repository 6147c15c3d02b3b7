import { DbError } from '../errors.ts'
import { resolveMixins, writtenFields } from '../mixins/check.ts'
import { type FieldInfo, type ModelInfo, modelsOf } from '../prisma-internals.ts'
import { expectedValue, isValueOf } from './value.ts'

/** Names of the fields that the model's mixins write: the client carries its declarations. */
export function managedFields(client: object, key: string): ReadonlySet<string> {
  const { $fastkit } = client as { $fastkit?: { config: Readonly<Record<string, unknown>> } }
  return new Set(writtenFields(resolveMixins($fastkit?.config ?? {}, modelsOf(client)).get(key) ?? {}))
}

/**
 * Refuses data with a field the model does not have, that is not the caller's to write, or with a value the column
 * cannot hold: databases change some of those in silence. TypeScript lets surplus keys of a variable through, and
 * Prisma's own message would print the values beside it.
 *
 * @throws DbError `UNKNOWN_FIELD`, `MANAGED_FIELD`, `FIELD_VALUE`
 */
export function checkCreate(model: ModelInfo, data: object, managed: ReadonlySet<string>): void {
  for (const [name, value] of Object.entries(data)) {
    const field = model.fields.get(name)
    if (!field) {
      const known = [...model.fields.keys()].join(', ')
      throw new DbError('UNKNOWN_FIELD', `${model.name} has no field "${name}"; it has: ${known}`)
    }
    if (managed.has(name) && value !== undefined) {
      throw new DbError(
        'MANAGED_FIELD',
        `"${name}" of ${model.name} is written by its mixins and cannot be set`,
      )
    }
    checkValue(model, field, value)
  }
}

/** The same for a change, which cannot move a row to another key either. */
export function checkUpdate(model: ModelInfo, data: object, managed: ReadonlySet<string>): void {
  checkCreate(model, data, managed)
  if ('id' in data && data.id !== undefined) {
    throw new DbError('MANAGED_FIELD', `The key of ${model.name} cannot be changed`)
  }
}

/** Columns whose values Prisma or a database would change rather than refuse. Objects are Prisma's own operations. */
const checkedTypes: readonly string[] = ['String', 'Int', 'BigInt', 'Float', 'DateTime']

function checkValue(model: ModelInfo, field: FieldInfo, value: unknown): void {
  if (value === null || value === undefined || field.kind !== 'scalar' || !checkedTypes.includes(field.type))
    return
  if (typeof value === 'object' && !(value instanceof Date)) return
  if (isValueOf(field, value, model.enums) || isDateText(field, value)) return
  const expected = expectedValue(field, model.enums)
  throw new DbError('FIELD_VALUE', `${model.name}.${field.name} holds ${expected}`, {
    params: { field: field.name, expected },
    issues: [{ path: [field.name], code: 'TYPE', message: `Must be ${expected}`, params: { expected } }],
  })
}

/** Prisma takes ISO text for a date when it writes. */
function isDateText({ type }: FieldInfo, value: unknown): boolean {
  return type === 'DateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
