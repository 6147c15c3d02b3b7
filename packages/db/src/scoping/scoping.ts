import { DbError } from '../errors.ts'
import { type Scope, scopeFields } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { createGraph } from '../rewrite/graph.ts'
import { type Call, type Rewritten, rewriteCall } from '../rewrite/rewrite-call.ts'
import type { Columns, ModelRules } from '../rewrite/rules.ts'
import { isShape, type Shape } from '../rewrite/shape.ts'
import { stamp } from './stamp.ts'

/** Keeps calls within a scope, in every position of their arguments. */
export interface Scoping {
  rewrite(call: Call, scope: Scope): Rewritten
}

/** One for each repository: it works out which models can come to a scope once for the scope's columns. */
export function createScoping(metadata: Metadata): Scoping {
  const known = new Map<string, Scoping>()
  return {
    rewrite(call, scope) {
      const columns = Object.keys(scope).join()
      const scoping = known.get(columns) ?? scopingBy(metadata, scope)
      known.set(columns, scoping)
      return scoping.rewrite(call, scope)
    },
  }
}

function scopingBy(metadata: Metadata, columns: Scope): Scoping {
  // Rules are asked while a call is rewritten, which nothing can interrupt.
  let scope = columns
  const belonging = [...metadata.models.values()].filter((model) => scopeFields(model, columns).length > 0)
  const graph = createGraph(
    metadata,
    new Map(belonging.map((model): [string, ModelRules] => [model.name, rulesOf(model)])),
  )
  return {
    rewrite(call, of) {
      scope = of
      return rewriteCall(graph, call, { now: new Date() })
    },
  }

  function rulesOf(model: ModelMetadata): ModelRules {
    return {
      exists: () => scope as Columns,
      create: (data, _, filled = []) => stamp(model, checked(model, data), { scope, filled }),
      update: (data) => checked(model, data),
    }
  }

  /** Data with the scope's own values is fine: Prisma's types ask for them in nested rows. */
  function checked(model: ModelMetadata, data: Shape): Shape {
    for (const { name, relation } of model.fields.values()) {
      const value = data[name]
      if (value === undefined) continue
      const moves = relation
        ? relation.ownsKey && relation.from.every((column) => column in scope)
        : name in scope && !same(value, scope[name])
      if (moves) {
        throw new DbError(
          'MANAGED_FIELD',
          `"${name}" of ${model.name} is written by its scope and cannot be set`,
        )
      }
      const computed = isShape(value) && !('set' in value) && !relation && isForeignKey(model, name)
      if (computed) {
        throw new DbError('FIELD_VALUE', `"${name}" of ${model.name} is a foreign key: write a plain value`, {
          params: { field: name, expected: 'a plain value' },
        })
      }
    }
    return data
  }
}

function isForeignKey({ fields }: ModelMetadata, name: string): boolean {
  return [...fields.values()].some(({ relation }) => relation?.ownsKey && relation.from.includes(name))
}

function same(left: unknown, right: unknown): boolean {
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime()
  return left === right || (typeof left === 'number' && typeof right === 'bigint' && BigInt(left) === right)
}
