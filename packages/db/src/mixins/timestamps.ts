import { DbError } from '../errors.ts'
import type { ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

export interface TimestampFields {
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * Writes when a row came and when it last changed. Data that carries either field itself is refused: a timestamp that
 * anyone can set says nothing.
 */
export function timestampRules({ createdAt, updatedAt }: TimestampFields): ModelRules {
  return {
    create(data, { now }) {
      refuseForged(data)
      return { ...data, [createdAt]: now, [updatedAt]: now }
    },
    update(data, { now }) {
      refuseForged(data)
      return { ...data, [updatedAt]: now }
    },
  }

  function refuseForged(data: Shape): void {
    for (const field of [createdAt, updatedAt]) {
      if (data[field] !== undefined) {
        throw new DbError('MANAGED_FIELD', `"${field}" is written by the timestamps mixin and cannot be set`)
      }
    }
  }
}
