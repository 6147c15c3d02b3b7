import type { AnyContext, CreateContext, DeleteContext, RestoreContext, UpdateContext } from './operation.ts'

/**
 * The hooks of a service, all of them optional.
 *
 * | operation | before the write | the write | after it | after the commit |
 * |---|---|---|---|---|
 * | create | `validateCreate` → `beforeCreate` | `create` | `afterCreate` | `afterCreateCommitted` |
 * | update | (`previous`) → `validateUpdate` → `beforeUpdate` | `update` | `afterUpdate` | `afterUpdateCommitted` |
 * | delete | (`previous`) → `validateDelete` → `beforeDelete` | `delete` | `afterDelete` | `afterDeleteCommitted` |
 * | restore | `validateRestore` → `beforeRestore` | `restore` | `afterRestore` | `afterRestoreCommitted` |
 *
 * `around` goes around all of it, the transaction included. A `before…` or `after…` hook, and `needsPrevious`, open a
 * transaction, in which everything up to `after…` happens; validation alone, `around` and `…Committed` do not.
 */
export interface Hooks<Row, Create, Update, Key = number> {
  /** Throws when the data breaks a rule: `throw invalid([…])`. */
  validateCreate(data: Create, context: CreateContext<Create>): Promise<void>
  /** Returns what is to be written. */
  beforeCreate(data: Create, context: CreateContext<Create>): Promise<Create>
  /** Within the transaction: what it throws undoes the write. No place for network calls. */
  afterCreate(row: Row, context: CreateContext<Create>): Promise<void>
  /** Only if it was really committed. What it throws is reported and changes nothing for the caller. */
  afterCreateCommitted(row: Row, context: CreateContext<Create>): Promise<void>

  /** Throws when the change breaks a rule. Without `previous`, it is not known yet whether the row exists. */
  validateUpdate(data: Update, context: UpdateContext<Row, Update, Key>): Promise<void>
  /** Returns what is to be written: the fields that change, no others. */
  beforeUpdate(data: Update, context: UpdateContext<Row, Update, Key>): Promise<Update>
  afterUpdate(row: Row, context: UpdateContext<Row, Update, Key>): Promise<void>
  afterUpdateCommitted(row: Row, context: UpdateContext<Row, Update, Key>): Promise<void>

  validateDelete(context: DeleteContext<Row, Key>): Promise<void>
  beforeDelete(context: DeleteContext<Row, Key>): Promise<void>
  /** Gets the row as it was last. */
  afterDelete(row: Row, context: DeleteContext<Row, Key>): Promise<void>
  afterDeleteCommitted(row: Row, context: DeleteContext<Row, Key>): Promise<void>

  validateRestore(context: RestoreContext<Key>): Promise<void>
  beforeRestore(context: RestoreContext<Key>): Promise<void>
  afterRestore(row: Row, context: RestoreContext<Key>): Promise<void>
  afterRestoreCommitted(row: Row, context: RestoreContext<Key>): Promise<void>

  /**
   * Goes around a whole call: calls `next`, and returns what that returns, a row or a number of rows. Sees its errors,
   * those of the commit included. `next` may be called again: each time is a new attempt from the start.
   */
  around<Result>(context: AnyContext<Row, Create, Update, Key>, next: () => Promise<Result>): Promise<Result>
}

/** The hooks as methods that do nothing until they are overridden. */
export class CrudHooks<Row, Create, Update, Key = number> {
  protected async validateCreate(_data: Create, _context: CreateContext<Create>): Promise<void> {}
  protected async beforeCreate(data: Create, _context: CreateContext<Create>): Promise<Create> {
    return data
  }
  protected async afterCreate(_row: Row, _context: CreateContext<Create>): Promise<void> {}
  protected async afterCreateCommitted(_row: Row, _context: CreateContext<Create>): Promise<void> {}

  protected async validateUpdate(_data: Update, _context: UpdateContext<Row, Update, Key>): Promise<void> {}
  protected async beforeUpdate(data: Update, _context: UpdateContext<Row, Update, Key>): Promise<Update> {
    return data
  }
  protected async afterUpdate(_row: Row, _context: UpdateContext<Row, Update, Key>): Promise<void> {}
  protected async afterUpdateCommitted(_row: Row, _context: UpdateContext<Row, Update, Key>): Promise<void> {}

  protected async validateDelete(_context: DeleteContext<Row, Key>): Promise<void> {}
  protected async beforeDelete(_context: DeleteContext<Row, Key>): Promise<void> {}
  protected async afterDelete(_row: Row, _context: DeleteContext<Row, Key>): Promise<void> {}
  protected async afterDeleteCommitted(_row: Row, _context: DeleteContext<Row, Key>): Promise<void> {}

  protected async validateRestore(_context: RestoreContext<Key>): Promise<void> {}
  protected async beforeRestore(_context: RestoreContext<Key>): Promise<void> {}
  protected async afterRestore(_row: Row, _context: RestoreContext<Key>): Promise<void> {}
  protected async afterRestoreCommitted(_row: Row, _context: RestoreContext<Key>): Promise<void> {}

  protected async around<Result>(
    _context: AnyContext<Row, Create, Update, Key>,
    next: () => Promise<Result>,
  ): Promise<Result> {
    return next()
  }
}
