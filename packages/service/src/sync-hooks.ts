import type { AnyContext, CreateContext, DeleteContext, UpdateContext } from './operation.ts'

/** What a sync hook without a result returns. Not just `void`, to which TypeScript takes a promise as well. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that ends without `return` is of type void
export type Nothing = void | undefined

/** Data that is no promise of it. */
export type Sync<T> = T & { readonly then?: never }

/** `Hooks`, by the same rules and in the same order, for services that are not async, which cannot restore. */
export interface SyncHooks<Row, Create, Update, Key = number> {
  validateCreate(data: Create, context: CreateContext<Create>): Nothing
  beforeCreate(data: Create, context: CreateContext<Create>): Sync<Create>
  afterCreate(row: Row, context: CreateContext<Create>): Nothing
  afterCreateCommitted(row: Row, context: CreateContext<Create>): Nothing

  validateUpdate(data: Update, context: UpdateContext<Row, Update, Key>): Nothing
  beforeUpdate(data: Update, context: UpdateContext<Row, Update, Key>): Sync<Update>
  afterUpdate(row: Row, context: UpdateContext<Row, Update, Key>): Nothing
  afterUpdateCommitted(row: Row, context: UpdateContext<Row, Update, Key>): Nothing

  validateDelete(context: DeleteContext<Row, Key>): Nothing
  beforeDelete(context: DeleteContext<Row, Key>): Nothing
  afterDelete(row: Row, context: DeleteContext<Row, Key>): Nothing
  afterDeleteCommitted(row: Row, context: DeleteContext<Row, Key>): Nothing

  around<Result>(context: AnyContext<Row, Create, Update, Key>, next: () => Result): Result
}

/** The hooks as methods that do nothing until they are overridden. */
export class SyncCrudHooks<Row, Create, Update, Key = number> {
  protected validateCreate(_data: Create, _context: CreateContext<Create>): Nothing {}
  protected beforeCreate(data: Create, _context: CreateContext<Create>): Sync<Create> {
    return data as Sync<Create>
  }
  protected afterCreate(_row: Row, _context: CreateContext<Create>): Nothing {}
  protected afterCreateCommitted(_row: Row, _context: CreateContext<Create>): Nothing {}

  protected validateUpdate(_data: Update, _context: UpdateContext<Row, Update, Key>): Nothing {}
  protected beforeUpdate(data: Update, _context: UpdateContext<Row, Update, Key>): Sync<Update> {
    return data as Sync<Update>
  }
  protected afterUpdate(_row: Row, _context: UpdateContext<Row, Update, Key>): Nothing {}
  protected afterUpdateCommitted(_row: Row, _context: UpdateContext<Row, Update, Key>): Nothing {}

  protected validateDelete(_context: DeleteContext<Row, Key>): Nothing {}
  protected beforeDelete(_context: DeleteContext<Row, Key>): Nothing {}
  protected afterDelete(_row: Row, _context: DeleteContext<Row, Key>): Nothing {}
  protected afterDeleteCommitted(_row: Row, _context: DeleteContext<Row, Key>): Nothing {}

  protected around<Result>(_context: AnyContext<Row, Create, Update, Key>, next: () => Result): Result {
    return next()
  }
}
