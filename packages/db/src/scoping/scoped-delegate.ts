import type { Delegate } from '../delegate.ts'
import type { Scope } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import type { Shape } from '../rewrite/shape.ts'
import { checkReferences } from './check-references.ts'
import type { Scoping } from './scoping.ts'

interface ScopedModel {
  readonly client: object
  readonly metadata: Metadata
  readonly model: ModelMetadata
  readonly scope: Scope
  readonly scoping: Scoping
}

/** A delegate whose operations see, change and connect nothing out of the scope. */
export function scopedDelegate<D extends Delegate>(delegate: D, scoped: ScopedModel): D {
  const { client, metadata, model, scope, scoping } = scoped
  return new Proxy(delegate, {
    get(target, name, scopedTarget) {
      const member: unknown = Reflect.get(target, name)
      if (typeof name !== 'string' || typeof member !== 'function') return member
      if (views.has(name)) return () => scopedDelegate(member.call(target), scoped)
      if (ofOperations.has(name)) return (args: Shape) => member.call(scopedTarget, args)
      return async (args: Shape) => {
        const call = scoping.rewrite({ model: model.name, operation: name, args }, scope)
        await checkReferences(client, metadata, { pointers: call.pointers, scope })
        return call.finish(await member.call(target, call.args))
      }
    },
  })
}

/** What mixins add: other views of the same rows, and what consists of Prisma's own operations. */
const views: ReadonlySet<string> = new Set(['withDeleted', 'onlyDeleted', 'published', 'drafts', 'scheduled'])
const ofOperations: ReadonlySet<string> = new Set(['restore', 'forceDelete', 'purge'])
