import type { Scope } from '../filter/scope.ts'
import type { Metadata, ModelMetadata } from '../metadata/metadata.ts'
import type { Shape } from '../rewrite/shape.ts'
import type { Delegate } from './delegate.ts'
import { checkReferences } from './references.ts'
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
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof name !== 'string' || typeof member !== 'function') return member
      if (name === 'withDeleted' || name === 'onlyDeleted')
        return () => scopedDelegate(member.call(target), scoped)
      return async (args: Shape) => {
        // To Prisma these address one row, as its own `delete` does.
        const operation = name === 'restore' || name === 'forceDelete' ? 'delete' : name
        const call = scoping.rewrite({ model: model.name, operation, args }, scope)
        await checkReferences(client, metadata, { written: call.written, scope })
        return call.finish(await member.call(target, call.args))
      }
    },
  })
}
