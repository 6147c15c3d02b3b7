import { operationsOnExistingRows } from '../prisma-operations.ts'

/** A delegate whose operations on rows that are there have their arguments changed. Everything else stays. */
export function viewOf<D extends object>(delegate: D, change: (args: object) => object): D {
  return new Proxy(delegate, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || typeof name !== 'string' || !operationsOnExistingRows.has(name))
        return member
      return (args: object = {}) => member.call(target, change(args))
    },
  })
}
