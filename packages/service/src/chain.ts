import type { Operation } from './operation.ts'

/** Which hooks a service has for an operation, found out once. */
export interface Chain {
  readonly validate: string | undefined
  readonly before: string | undefined
  readonly after: string | undefined
  readonly committed: string | undefined
  readonly around: boolean
  readonly previous: boolean
  /** Whether a failure has something to undo, or hooks must see one state. */
  readonly transaction: boolean
  /** Whether there is no hook at all, and no `previous` to load: a verb is one statement then. */
  readonly bare: boolean
  /** Whether hooks want the rows that were written. */
  readonly rows: boolean
}

/** The names of the hooks of each operation, in the order they run. */
export const hookNames: Readonly<
  Record<Operation, Readonly<Record<'validate' | 'before' | 'after' | 'committed', string>>>
> = {
  create: namesOf('Create'),
  update: namesOf('Update'),
  delete: namesOf('Delete'),
  restore: namesOf('Restore'),
}

/**
 * @param hooks An object with hooks, of its own or inherited
 * @param none The same names with hooks that do nothing
 */
export function compileChain(
  operation: Operation,
  hooks: object,
  none: object,
  needsPrevious: boolean,
): Chain {
  const [own, idle] = [hooks as Record<string, unknown>, none as Record<string, unknown>]
  const present = (name: string) => (own[name] !== undefined && own[name] !== idle[name] ? name : undefined)
  const names = hookNames[operation]
  const [validate, before] = [present(names.validate), present(names.before)]
  const [after, committed] = [present(names.after), present(names.committed)]
  const around = present('around') !== undefined
  const hooked = [validate, before, after, committed].some((name) => name !== undefined)
  return {
    validate,
    before,
    after,
    committed,
    around,
    previous: needsPrevious,
    transaction: before !== undefined || after !== undefined || needsPrevious,
    bare: !hooked && !around && !needsPrevious,
    rows: after !== undefined || committed !== undefined,
  }
}

function namesOf(operation: string) {
  return {
    validate: `validate${operation}`,
    before: `before${operation}`,
    after: `after${operation}`,
    committed: `after${operation}Committed`,
  }
}
