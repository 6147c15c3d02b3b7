/** One operation on one model, on its way to the database. Mixins are functions from call to call. */
export interface Call {
  /** Prisma's name of it, `findMany`, `update`, … */
  readonly operation: string
  readonly args: Readonly<Record<string, unknown>>
}

/** `where`, `data` and the like: plain objects of Prisma's. */
export type Shape = Readonly<Record<string, unknown>>
