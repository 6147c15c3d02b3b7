import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'

/**
 * Finds the field that a path begins with, and returns what comes after it: of `author__name__eq` the rest is
 * `name__eq`, of a path that ends with the field undefined. The longest name wins, so that one that holds `__` is found.
 */
export function fieldAt(
  { fields }: ModelMetadata,
  path: string,
  accepts: (field: FieldMetadata) => boolean,
): { readonly field: FieldMetadata; readonly rest: string | undefined } | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('__', end - 1)) {
    const field = fields.get(path.slice(0, end))
    if (field && accepts(field)) return { field, rest: end === path.length ? undefined : path.slice(end + 2) }
  }
  return undefined
}
