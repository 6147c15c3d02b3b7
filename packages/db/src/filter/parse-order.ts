import { DbError } from '../errors.ts'
import type { FieldMetadata, Metadata, ModelMetadata, RelationMetadata } from '../metadata/metadata.ts'
import { type FilterOptions, isTranslated } from './condition.ts'
import { fieldAt } from './field-at.ts'
import { isSortable } from './lookups.ts'
import { modelOf } from './model-of.ts'

/** One step of an order, checked. */
export interface SortStep {
  /** The names on the way to the field, its own last: `['author', 'name']`. */
  readonly path: readonly string[]
  readonly descending: boolean
  readonly field: FieldMetadata
  /** The to-one relations on the way. */
  readonly relations: readonly RelationMetadata[]
  readonly translated: boolean
}

/** Steps of an order, or relations on the way to one of them. */
const maxSteps = 20
const maxPath = 10
const maxName = 1000

/**
 * Turns `['-publishedAt', 'author__name']` into the steps of a total order. A field that comes twice counts once. The
 * key is added where it is missing, in the direction of the last step: so an index over both can serve the order.
 *
 * @throws DbError `UNKNOWN_MODEL`, `UNKNOWN_FIELD`, `FILTER_VALUE`
 */
export function parseOrder(
  metadata: Metadata,
  model: string,
  orderBy: string | readonly string[] = [],
  options: FilterOptions = {},
): readonly SortStep[] {
  const root = modelOf(metadata, model)
  const entries: readonly unknown[] = Array.isArray(orderBy) ? orderBy : [orderBy]
  if (entries.length > maxSteps) throw new DbError('FILTER_VALUE', `An order has at most ${maxSteps} steps`)
  const steps: SortStep[] = []
  for (const entry of entries) {
    if (typeof entry !== 'string' || entry.length > maxName)
      throw new DbError('FILTER_VALUE', 'An order is a list of names, "-" in front for descending')
    const descending = entry.startsWith('-')
    const step = stepOf({ metadata, options, root, name: descending ? entry.slice(1) : entry }, descending)
    if (!hasStep(steps, step.path)) steps.push(step)
  }
  const descending = steps.at(-1)?.descending ?? false
  if (root.key.length === 0)
    throw new DbError('UNKNOWN_FIELD', `${root.name} has no key: its rows cannot be told apart`)
  for (const name of root.key) {
    const path = [name]
    const field = root.fields.get(name) as FieldMetadata
    if (!hasStep(steps, path)) steps.push({ path, descending, relations: [], field, translated: false })
  }
  return steps
}

function hasStep(steps: readonly SortStep[], path: readonly string[]): boolean {
  return steps.some(
    (step) => step.path.length === path.length && step.path.every((name, at) => name === path[at]),
  )
}

interface Request {
  readonly metadata: Metadata
  readonly options: FilterOptions
  readonly root: ModelMetadata
  readonly name: string
}

function stepOf({ metadata, options, root, name }: Request, descending: boolean): SortStep {
  const path: string[] = []
  const relations: RelationMetadata[] = []
  const leadsOn = (field: FieldMetadata) =>
    field.relation !== undefined || isSortable(field, isTranslated(field, options))
  let model = root
  let left = name
  while (path.length <= maxPath) {
    const found = fieldAt(model, left, leadsOn)
    if (!found) throw unsortable(model, left, options)
    const { field, rest } = found
    path.push(field.name)
    if (!field.relation && rest === undefined) {
      return { path, descending, field, relations, translated: isTranslated(field, options) }
    }
    if (!field.relation || rest === undefined) throw unsortable(model, left, options)
    if (field.relation.toMany) {
      throw new DbError(
        'UNKNOWN_FIELD',
        `${model.name}.${field.name} holds many rows: ${root.name} cannot be sorted by them`,
      )
    }
    relations.push(field.relation)
    model = modelOf(metadata, field.relation.target)
    left = rest
  }
  throw new DbError('FILTER_VALUE', `A path goes over at most ${maxPath} relations`)
}

function unsortable(model: ModelMetadata, name: string, options: FilterOptions): DbError {
  const names = [...model.fields.values()]
    .filter((field) => isSortable(field, isTranslated(field, options)))
    .map((field) => field.name)
  return new DbError(
    'UNKNOWN_FIELD',
    `${model.name} cannot be sorted by ${JSON.stringify(name)}; its fields: ${names.join(', ')}`,
  )
}
