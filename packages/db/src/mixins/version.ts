import { DbError } from '../errors.ts'
import type { ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

/** Counts the changes of a row, from 1. A deletion that is a change counts, too. */
export function versionRules(field: string): ModelRules {
  return {
    create: (data) => ({ ...refuseForged(data), [field]: 1 }),
    update: (data) => ({ ...refuseForged(data), [field]: { increment: 1 } }),
  }

  function refuseForged(data: Shape): Shape {
    if (data[field] === undefined) return data
    throw new DbError('MANAGED_FIELD', `"${field}" is written by the version mixin and cannot be set`)
  }
}
