import { hookNames } from './chain.ts'
import { isPlain } from './copy-input.ts'
import { CrudService, type CrudServiceOptions } from './crud-service.ts'
import { ServiceError } from './errors.ts'
import type { Hooks } from './hooks.ts'

/** The hooks of a service without a class. */
export type HooksOption<Row, Create extends object, Update extends object, View, Filter, Key> = {
  /** Any of the hooks, in an object literal; `this` is the service. @default none */
  readonly hooks?: Partial<Hooks<Row, Create, Update, Key>> &
    ThisType<CrudService<Row, Create, Update, View, Filter, Key>>
}

/**
 * `CrudService` as a function: the same engine, with hooks from an object.
 *
 * @throws ServiceError `SERVICE_CONFIG` for hooks that would not run
 */
export function createCrudService<
  Row,
  Create extends object,
  Update extends object,
  View = Row,
  Filter = Partial<Row>,
  Key = number,
>({
  hooks = {},
  ...options
}: CrudServiceOptions<Row, Create, Update, View, Filter, Key> &
  HooksOption<Row, Create, Update, View, Filter, Key>): CrudService<Row, Create, Update, View, Filter, Key> {
  checkHooks(hooks)
  const service = new CrudService<Row, Create, Update, View, Filter, Key>(options as never)
  return Object.assign(service, hooks)
}

/** A hook that is never called looks like one that has nothing to say. */
function checkHooks(hooks: object): void {
  if (!isPlain(hooks)) {
    throw new ServiceError('SERVICE_CONFIG', 'hooks is an object literal: methods of a class would not run')
  }
  const names = [...Object.values(hookNames).flatMap((of) => Object.values(of)), 'around']
  for (const [name, hook] of Object.entries(hooks)) {
    if (!names.includes(name)) throw new ServiceError('SERVICE_CONFIG', `There is no hook "${name}"`)
    if (hook === undefined || typeof hook === 'function') continue
    throw new ServiceError('SERVICE_CONFIG', `The hook "${name}" is not a function`)
  }
}
