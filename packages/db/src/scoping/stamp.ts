import type { Scope } from '../filter/scope.ts'
import type { ModelMetadata } from '../metadata/metadata.ts'
import type { Shape } from '../rewrite/shape.ts'

/**
 * Writes a scope's columns into the data of a new row: as values, or, where the data connects related rows and Prisma
 * then takes no foreign keys as values, by connecting what they stand for. Those that Prisma fills in itself are left.
 */
export function stamp(
  model: ModelMetadata,
  data: Shape,
  { scope, filled }: { readonly scope: Scope; readonly filled: readonly string[] },
): Shape {
  const relations = [...model.fields.values()].flatMap(({ name, relation }) =>
    relation?.ownsKey ? [{ ...relation, field: name }] : [],
  )
  const connected = relations.filter(({ field }) => data[field] !== undefined)
  const columns = Object.keys(scope).filter(
    (column) => !filled.includes(column) && !connected.some(({ from }) => from.includes(column)),
  )
  const entries = columns.map((column): [string, unknown] => {
    const owner = relations.find(({ from }) => from.length === 1 && from[0] === column)
    if (connected.length === 0 || !owner) return [column, scope[column]]
    return [owner.field, { connect: { [owner.to[0] as string]: scope[column] } }]
  })
  const rest = Object.entries(data).filter(([name]) => !Object.hasOwn(scope, name))
  return Object.fromEntries([...rest, ...entries])
}
