import { hookNames } from './chain.ts'
import { CrudService, type CrudServiceOptions } from './crud-service.ts'
import { ServiceError } from './errors.ts'
import type { Hooks } from './hooks.ts'

/** The hooks of a service without a class. */
export type HooksOption<Row, Create extends object, Update extends object, View, Filter, Key> = {
  /** Any of the hooks; `this` is the service. @default none */
  readonly hooks?: Partial<Hooks<Row, Create, Update, Key>> &
    ThisType<CrudService<Row, Create, Update, View, Filter, Key>>
}

/** `CrudService` as a function: the same engine, with hooks from an object. @throws ServiceError `SERVICE_CONFIG` for other names */
export function createCrudService<
  Row,
  Create extends object,
  Update extends object,
  Filter,
  Key,
  View = Row,
>({
  hooks = {},
  ...options
}: CrudServiceOptions<Row, Create, Update, View, Filter, Key> &
  HooksOption<Row, Create, Update, View, Filter, Key>): CrudService<Row, Create, Update, View, Filter, Key> {
  const names = [...Object.values(hookNames).flatMap((of) => Object.values(of)), 'around']
  const unknown = Object.keys(hooks).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new ServiceError('SERVICE_CONFIG', `There is no hook "${unknown}"`)
  const service = new CrudService<Row, Create, Update, View, Filter, Key>(options as never)
  return Object.assign(service, hooks)
}
