import { type HookCall, queryBeside } from '../prisma-internals.ts'
import { type Graph, nodeOf } from '../rewrite/graph.ts'
import { type Call, type RewriteOptions, rewriteCall } from '../rewrite/rewrite-call.ts'
import { isShape, type Shape } from '../rewrite/shape.ts'
import { narrowed } from '../rewrite/where.ts'

/**
 * The relations of a row that is updated over which a single related row is upserted, with the key on this side. Prisma
 * fails to create that row when it was given a condition, as it has to be where rows may be hidden.
 */
export function owningUpserts(graph: Graph, { model, operation, args }: Call): string[] {
  const data = args[dataName(operation)]
  if ((operation !== 'update' && operation !== 'upsert') || !isShape(data)) return []
  const { steps } = nodeOf(graph, model)
  return Object.entries(data).flatMap(([name, writes]) => {
    const step = steps.get(name)
    if (!step?.ownsKey || !isShape(writes) || !isShape(writes['upsert'])) return []
    return graph.models.get(step.target)?.rules.exists ? [name] : []
  })
}

/** Looks whether the related row is there, and makes the upsert the update or the creation that it then is. */
export async function decideUpserts(
  hooked: HookCall,
  names: readonly string[],
  { graph, call, options }: { readonly graph: Graph; readonly call: Call; readonly options: RewriteOptions },
): Promise<Call> {
  const key = dataName(call.operation)
  const data: Record<string, unknown> = { ...(call.args[key] as Shape) }
  for (const name of names) {
    const { upsert, ...others } = data[name] as Readonly<Record<string, Shape>>
    const { where, create, update } = upsert as Shape
    const found = await exists(name, where)
    data[name] = { ...others, ...(found ? { update: { where: where ?? {}, data: update } } : { create }) }
  }
  return { ...call, args: { ...call.args, [key]: data } }

  async function exists(name: string, where: unknown): Promise<boolean> {
    const { model, args } = call
    const condition = narrowed(args['where'], {}, [{ [name]: { is: where ?? {} } }])
    const find = { model, operation: 'findUnique', args: { where: condition } }
    const rewritten = rewriteCall(graph, find, options)
    return (await queryBeside({ model, operation: 'findUnique', args: rewritten.args }, hooked)) !== null
  }
}

function dataName(operation: string): 'data' | 'update' {
  return operation === 'upsert' ? 'update' : 'data'
}
