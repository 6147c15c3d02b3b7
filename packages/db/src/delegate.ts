/** Prisma's operations on a model, as far as a repository calls them. */
export interface Delegate {
  findUnique(args: object): Promise<object | null>
  findMany(args: object): Promise<object[]>
  count(args: object): Promise<number>
  aggregate(args: object): Promise<Readonly<Record<string, unknown>>>
  create(args: object): Promise<object>
  createMany(args: object): Promise<Count>
  /** Not on MySQL. */
  createManyAndReturn(args: object): Promise<object[]>
  update(args: object): Promise<object>
  updateMany(args: object): Promise<Count>
  upsert(args: object): Promise<object>
  delete(args: object): Promise<object>
  deleteMany(args: object): Promise<Count>
}

/** What the delegate of a model with mixins can do besides. */
export interface SoftDelegate extends Delegate {
  /** These three on publishable models. */
  published(): SoftDelegate
  drafts(): SoftDelegate
  scheduled(): SoftDelegate
  /** Where models of the client are translatable. */
  inLocale(locale: string): SoftDelegate
  withDeleted(): Delegate
  onlyDeleted(): Delegate
  restore(args: object): Promise<object>
  forceDelete(args: object): Promise<object>
  purge(args: { readonly olderThan: Date }): Promise<number>
}

interface Count {
  readonly count: number
}
