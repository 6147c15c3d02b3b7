import type { Clock } from '@fastkit/contracts'
import { DbError } from '../errors.ts'
import type { Call, Shape } from './call.ts'

export interface TimestampFields {
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * Writes when a row came and when it last changed, by one clock. Data that carries either field itself is refused:
 * a timestamp that anyone can set says nothing.
 */
export function timestamps({ createdAt, updatedAt }: TimestampFields, clock: Clock): (call: Call) => Call {
  return function stamp({ operation, args }) {
    switch (operation) {
      case 'create':
      case 'createMany':
      case 'createManyAndReturn':
        return { operation, args: { ...args, data: each(args['data'], created) } }
      case 'update':
      case 'updateMany':
      case 'updateManyAndReturn':
        return { operation, args: { ...args, data: changed(args['data'] as Shape) } }
      case 'upsert':
        return {
          operation,
          args: {
            ...args,
            create: created(args['create'] as Shape),
            update: changed(args['update'] as Shape),
          },
        }
      default:
        return { operation, args }
    }
  }

  function created(data: Shape): Shape {
    refuseForged(data)
    const now = new Date(clock.now())
    return { ...data, [createdAt]: now, [updatedAt]: now }
  }

  function changed(data: Shape): Shape {
    refuseForged(data)
    return { ...data, [updatedAt]: new Date(clock.now()) }
  }

  function refuseForged(data: Shape): void {
    for (const field of [createdAt, updatedAt]) {
      if (data?.[field] !== undefined) {
        throw new DbError('MANAGED_FIELD', `"${field}" is written by the timestamps mixin and cannot be set`)
      }
    }
  }
}

function each(data: unknown, stamp: (row: Shape) => Shape): unknown {
  return Array.isArray(data) ? data.map(stamp) : stamp(data as Shape)
}
