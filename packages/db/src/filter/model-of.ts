import { DbError } from '../errors.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'

/** Finds a model by its name or by that of its delegate. @throws DbError `UNKNOWN_MODEL` */
export function modelOf({ models, delegates }: Metadata, name: string): ModelMetadata {
  const model = models.get(name) ?? delegates.get(name)
  if (model) return model
  throw new DbError(
    'UNKNOWN_MODEL',
    `There is no model "${name}"; there are: ${[...models.keys()].join(', ')}`,
  )
}
