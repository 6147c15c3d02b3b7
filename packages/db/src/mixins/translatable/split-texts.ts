import type { FieldMetadata, ModelMetadata } from '../../metadata/metadata.ts'
import { isAbsent, isShape, type Shape } from '../../rewrite/shape.ts'
import { type Writing, writtenTexts } from './written-texts.ts'

/** Texts to merge into those that a field holds. */
export interface TextMerge {
  readonly field: FieldMetadata
  /** `null` removes one. */
  readonly texts: Readonly<Record<string, string | null>>
}

export interface SplitTexts {
  /** The arguments without the texts that are merged. */
  readonly args: Shape
  readonly merges: readonly TextMerge[]
}

/** Where an operation that changes rows keeps the change. */
const changes: Readonly<Record<string, string>> = {
  update: 'data',
  updateMany: 'data',
  updateManyAndReturn: 'data',
  upsert: 'update',
}

/** Takes the texts out of a change that leave those of other locales as they are: Prisma has no words for that. */
export function splitTexts(
  model: ModelMetadata,
  names: ReadonlySet<string>,
  { operation, args, writing }: { operation: string; args: Shape; writing: Writing },
): SplitTexts {
  const key = changes[operation]
  const data = key === undefined ? undefined : args[key]
  if (key === undefined || !isShape(data)) return { args, merges: [] }
  const parts = [...names]
    .filter((name) => Object.hasOwn(data, name) && !isAbsent(data[name]))
    .map((name) => {
      const field = model.fields.get(name) as FieldMetadata
      return { field, ...writtenTexts(field, data[name], writing) }
    })
    .filter(({ whole }) => !whole)
  if (parts.length === 0) return { args, merges: [] }
  const split = new Set(parts.map(({ field }) => field.name))
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !split.has(name)))
  return {
    args: { ...args, [key]: rest },
    merges: parts.filter(({ texts }) => Object.keys(texts).length > 0),
  }
}
