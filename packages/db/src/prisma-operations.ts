/** Prisma's operations that only read. */
export const readOperations: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
])

/** Prisma's operations on rows that are there. */
export const operationsOnExistingRows: ReadonlySet<string> = new Set([
  ...readOperations,
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
  'delete',
  'deleteMany',
])
