import type { FieldMetadata, UniqueMetadata } from './metadata.ts'
import { type Attribute, find, namesOf } from './psl-attributes.ts'

/** Every unique of a model, in the order of the schema: those of its fields first. */
export function uniquesOf(
  fields: readonly FieldMetadata[],
  attributes: readonly Attribute[],
): UniqueMetadata[] {
  return [
    ...fields
      .filter(({ unique }) => unique)
      .map(({ name, uniqueMap: map }) => ({
        fields: [name],
        partial: false,
        ...(map !== undefined && { map }),
      })),
    ...attributes
      .filter(({ name }) => name === 'unique')
      .map((attribute) => ({
        fields: namesOf(attribute, 'fields'),
        partial: attribute.arguments.has('where'),
        ...mapOf(attribute),
      })),
  ]
}

function mapOf({ arguments: given }: Attribute): { map?: string } {
  const [name] = given.get('map') ?? []
  return name ? { map: name.text } : {}
}

/** The fields that identify a row. Empty where nothing does, as in a view. */
export function keyOf(
  fields: readonly FieldMetadata[],
  attributes: readonly Attribute[],
  uniques: readonly UniqueMetadata[],
): readonly string[] {
  const composite = find(attributes, 'id')
  if (composite) return namesOf(composite, 'fields')
  const own = fields.find(({ id }) => id)
  if (own) return [own.name]
  const required = new Set(fields.filter((field) => field.required).map(({ name }) => name))
  return (
    uniques.find((unique) => !unique.partial && unique.fields.every((name) => required.has(name)))?.fields ??
    []
  )
}

/** What Prisma calls the key and the uniques in a `where`: several fields have one name, their own or the given one. */
export function whereKeysOf(
  fields: readonly FieldMetadata[],
  attributes: readonly Attribute[],
): ReadonlyMap<string, readonly string[]> {
  const single = fields
    .filter(({ id, unique }) => id || unique)
    .map(({ name }): [string, string[]] => [name, [name]])
  const declared = attributes
    .filter(({ name }) => name === 'id' || name === 'unique')
    .map((attribute): [string, string[]] => {
      const names = namesOf(attribute, 'fields')
      const given = attribute.arguments.get('name')?.[0]?.text
      return [given ?? names.join('_'), names]
    })
  return new Map([...single, ...declared])
}
