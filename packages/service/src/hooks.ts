export type Operation = 'create' | 'update' | 'delete' | 'restore'

/** What a hook may know of the call it belongs to. One object for all hooks of a call. */
export interface HookContext<Key = number, Input = unknown> {
  readonly operation: Operation
  /** The row's key; absent on create. */
  readonly key?: Key
  /** The data as the caller gave it; absent where there is none. */
  readonly input?: Input
}

/**
 * The hooks of a service, in the order they run. All do nothing until overridden.
 *
 * | operation | before the write | the write | after it |
 * |---|---|---|---|
 * | create | `validateCreate` → `beforeCreate` | `create` | `afterCreate` |
 * | update | `validateUpdate` → `beforeUpdate` | `update` | `afterUpdate` |
 * | delete | `validateDelete` → `beforeDelete` | `delete` | `afterDelete` |
 * | restore | `validateRestore` → `beforeRestore` | `restore` | `afterRestore` |
 *
 * A hook that throws ends the call: nothing after it runs. What an `after…` hook throws reaches the caller although
 * the row was written.
 */
export class CrudHooks<Row, Create, Update, Key = number> {
  /** Throws when the data breaks a rule: `throw invalid([…])`. */
  protected async validateCreate(_data: Create, _context: HookContext<Key, Create>): Promise<void> {}
  /** Returns what is to be written. */
  protected async beforeCreate(data: Create, _context: HookContext<Key, Create>): Promise<Create> {
    return data
  }
  protected async afterCreate(_row: Row, _context: HookContext<Key, Create>): Promise<void> {}

  /** Throws when the change breaks a rule. Runs before it is known whether the row exists. */
  protected async validateUpdate(_data: Update, _context: HookContext<Key, Update>): Promise<void> {}
  /** Returns what is to be written: the fields that change, no others. */
  protected async beforeUpdate(data: Update, _context: HookContext<Key, Update>): Promise<Update> {
    return data
  }
  protected async afterUpdate(_row: Row, _context: HookContext<Key, Update>): Promise<void> {}

  protected async validateDelete(_context: HookContext<Key, never>): Promise<void> {}
  protected async beforeDelete(_context: HookContext<Key, never>): Promise<void> {}
  /** Gets the row as it was last. */
  protected async afterDelete(_row: Row, _context: HookContext<Key, never>): Promise<void> {}

  protected async validateRestore(_context: HookContext<Key, never>): Promise<void> {}
  protected async beforeRestore(_context: HookContext<Key, never>): Promise<void> {}
  protected async afterRestore(_row: Row, _context: HookContext<Key, never>): Promise<void> {}
}
