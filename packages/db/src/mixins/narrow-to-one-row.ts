import { DbError } from '../errors.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { type HookCall, queryBeside } from '../prisma-internals.ts'
import { isShape, type Shape } from '../rewrite/shape.ts'
import { narrowed } from '../rewrite/where.ts'
import { requireNoBatch } from './call-transaction.ts'

/** Operations that address a row by a unique key. */
const addressing: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'update',
  'upsert',
  'delete',
])

/**
 * Narrows a `where` that may match a live row and deleted ones beside it, all with the same unique key, to the one row
 * it matches. Prisma itself would change or delete all of them. The primary key needs no such care.
 *
 * @throws DbError `AMBIGUOUS_KEY` when there are several, `NOT_IN_BATCH`
 */
export async function narrowToOneRow(
  hooked: HookCall,
  { models }: Metadata,
  { operation, args }: { readonly operation: string; readonly args: Shape },
): Promise<Shape> {
  const model = models.get(hooked.model ?? '') as ModelMetadata
  const where = args['where'] as Shape
  if (!addressing.has(operation) || namesPrimaryKey(model, where)) return args
  requireNoBatch(hooked)
  const select = Object.fromEntries(model.key.map((name) => [name, true]))
  const find = {
    model: model.name,
    operation: 'findMany',
    args: { where: unfolded(model, where), select, take: 2 },
  }
  const [key, another] = (await queryBeside(find, hooked)) as Shape[]
  if (another) {
    throw new DbError('AMBIGUOUS_KEY', `Several ${model.name} rows have this key: use the primary key`, {
      params: { model: model.name },
    })
  }
  return key ? { ...args, where: narrowed(where, {}, [key]) } : args
}

function namesPrimaryKey({ key, fields }: ModelMetadata, where: Shape): boolean {
  const named = [where, ...Object.values(split(fields, where).compound)]
  return named.some((entry) => key.every((name) => entry[name] !== undefined && entry[name] !== null))
}

/** `{ authorId_title: { authorId, title } }` in the words of `findMany`, which knows no compound keys. */
function unfolded({ fields }: ModelMetadata, where: Shape): Shape {
  const { plain, compound } = split(fields, where)
  return narrowed(plain, {}, Object.values(compound))
}

/** The entries of a `where` that stand for several fields at once, and the others. */
function split(
  fields: ModelMetadata['fields'],
  where: Shape,
): { plain: Shape; compound: Readonly<Record<string, Shape>> } {
  const isCompound = ([name, value]: [string, unknown]) =>
    isShape(value) && !fields.has(name) && !['AND', 'OR', 'NOT'].includes(name)
  const entries = Object.entries(where)
  return {
    plain: Object.fromEntries(entries.filter((entry) => !isCompound(entry))),
    compound: Object.fromEntries(entries.filter(isCompound)) as Record<string, Shape>,
  }
}
