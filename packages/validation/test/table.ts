import type * as v from 'valibot'
import { expect } from 'vitest'
import { safeValidate } from '../src/validate.ts'

/** The output, or the codes of the issues. */
export function outcome(schema: v.GenericSchema, input: unknown): unknown {
  const result = safeValidate(schema, input)
  return result.ok ? result.value : result.error.issues?.map(({ code }) => code)
}

export function table(
  schema: v.GenericSchema,
  rows: readonly (readonly [input: unknown, expected: unknown])[],
): void {
  expect(rows.map(([input]) => [input, outcome(schema, input)])).toEqual(rows)
}

export const wrongType = (code: string): readonly (readonly [unknown, readonly string[]])[] =>
  [null, true, [], ['1'], {}, new Date(0), Symbol('x')].map((input) => [input, [code]] as const)

export const absent = [undefined, ['REQUIRED']] as const
