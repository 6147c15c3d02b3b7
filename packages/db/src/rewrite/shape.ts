import { isSkip } from '../prisma-internals.ts'

/** `where`, `data`, `select` and the like: plain objects of Prisma's. */
export type Shape = Readonly<Record<string, unknown>>

export function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSkip(value)
}

/** Prisma takes an argument that is there, and says nothing, for one that is not there. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && isSkip(value))
}

/** Prisma takes one or a list in most places. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** The same, one or a list, with every entry changed. */
export function eachOf(value: unknown, change: (entry: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : change(value)
}
