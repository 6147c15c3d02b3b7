import type { FieldMetadata, ModelMetadata } from '../metadata/metadata.ts'

/** Columns and the values they have in every row that counts, in all models that have these columns: `{ tenantId: 7 }`. */
export type Scope = Readonly<Record<string, unknown>>

/** The columns by which rows of a model belong to a scope; none for a model that lacks one of them. */
export function scopeFields({ fields }: ModelMetadata, scope: Scope): readonly FieldMetadata[] {
  const found = Object.keys(scope).map((name) => fields.get(name))
  return found.every((field) => field !== undefined && !field.relation) ? (found as FieldMetadata[]) : []
}
