import { DbError } from '../errors.ts'
import { type Scope, scopeFields } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import { createGraph, type Graph } from '../rewrite/graph.ts'
import { type Call, type Rewritten, rewriteCall } from '../rewrite/rewrite-call.ts'
import type { Columns, ModelRules } from '../rewrite/rules.ts'
import type { Shape } from '../rewrite/shape.ts'

/** Keeps calls within a scope, in every position of their arguments. */
export interface Scoping {
  rewrite(call: Call, scope: Scope): Scoped
}

export interface Scoped extends Rewritten {
  /** The data of every row that the call writes, nested ones included. */
  readonly written: readonly Written[]
}

export interface Written {
  readonly model: ModelMetadata
  readonly data: Shape
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
  const now: { scope: Scope; written: Written[] } = { scope: columns, written: [] }
  const belonging = [...metadata.models.values()].filter((model) => scopeFields(model, columns).length > 0)
  const graph: Graph = createGraph(
    metadata,
    new Map(belonging.map((model): [string, ModelRules] => [model.name, rulesOf(model)])),
  )
  return {
    rewrite(call, scope) {
      now.scope = scope
      now.written = []
      return { ...rewriteCall(graph, call, { now: new Date() }), written: now.written }
    },
  }

  function rulesOf(model: ModelMetadata): ModelRules {
    return {
      exists: () => now.scope as Columns,
      create(data) {
        const row = { ...refusing(model, data), ...now.scope }
        now.written.push({ model, data: row })
        return row
      },
      update(data) {
        now.written.push({ model, data: refusing(model, data) })
        return data
      },
    }
  }

  function refusing({ name }: ModelMetadata, data: Shape): Shape {
    const own = Object.keys(now.scope).find((column) => data[column] !== undefined)
    if (own === undefined) return data
    throw new DbError('MANAGED_FIELD', `"${own}" of ${name} is written by its scope and cannot be set`)
  }
}
