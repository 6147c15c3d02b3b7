import { DbError } from '../errors.ts'
import { expected, fits } from '../filter/value.ts'
import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'
import { resolveMixins, writtenFields } from '../mixins/check.ts'
import { modelsOf } from '../prisma-internals.ts'

/** The fields that mixins write, by delegate, and those that mark rows as deleted, by model: the client carries them. */
export function mixinFields(client: object): {
  readonly managed: ReadonlyMap<string, ReadonlySet<string>>
  readonly softDelete: ReadonlyMap<string, string>
} {
  const { $fastkit } = client as { $fastkit?: { config: Readonly<Record<string, unknown>> } }
  const models = modelsOf(client)
  const resolved = [...resolveMixins($fastkit?.config ?? {}, models)]
  return {
    managed: new Map(resolved.map(([key, mixins]) => [key, new Set(writtenFields(mixins))])),
    softDelete: new Map(
      resolved.flatMap(([key, { softDelete }]) =>
        softDelete === undefined ? [] : [[models.get(key)?.name ?? key, softDelete]],
      ),
    ),
  }
}

/**
 * Refuses data with a field the model does not have, that is not the caller's to write, or with a value the column
 * cannot hold: databases change some of those in silence. TypeScript lets surplus keys of a variable through, and
 * Prisma's own message would print the values beside it.
 *
 * @throws DbError `UNKNOWN_FIELD`, `MANAGED_FIELD`, `FIELD_VALUE`
 */
export function checkCreate(model: ModelMetadata, data: object, managed: ReadonlySet<string>): void {
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
    checkValue(field, value)
  }
}

/** The same for a change, which cannot move a row to another key either. */
export function checkUpdate(model: ModelMetadata, data: object, managed: ReadonlySet<string>): void {
  checkCreate(model, data, managed)
  const moved = model.key.find((name) => (data as Record<string, unknown>)[name] !== undefined)
  if (moved !== undefined) {
    throw new DbError('MANAGED_FIELD', `"${moved}" is the key of ${model.name} and cannot be changed`)
  }
}

/** Columns whose values Prisma or a database would change rather than refuse. */
const checkedTypes: readonly string[] = ['String', 'Int', 'BigInt', 'Float', 'DateTime']

/** Objects are Prisma's own operations, `{ increment: 1 }`, and lists those of list columns: they are left to Prisma. */
function checkValue(field: FieldMetadata, value: unknown): void {
  if (value === null || value === undefined || field.list) return
  if (field.kind !== 'enum' && !(field.kind === 'scalar' && checkedTypes.includes(field.type))) return
  if (typeof value === 'object' && !(value instanceof Date)) return
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
