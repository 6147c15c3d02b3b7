import { type } from 'arktype'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeThrown } from './describe-thrown.ts'
import { errorResponse } from './error-response.ts'
import { schemaErrors } from './schema-errors.ts'

const input = { items: [{ price: 'hunter2' }] }
const parsers: [string, () => unknown][] = [
  ['Valibot', () => v.parse(v.object({ items: v.array(v.object({ price: v.number() })) }), input)],
  ['Zod', () => z.object({ items: z.array(z.object({ price: z.number() })) }).parse(input)],
  ['ArkType', () => type({ items: type({ price: 'number' }).array() }).assert(input)],
]

test.each(parsers)('what %s throws is a 422 that names the path, and not the value', (_, parse) => {
  const thrown = caught(parse)
  const { status, body } = errorResponse(schemaErrors(thrown))
  expect({ status, body }).toMatchObject({
    status: 422,
    body: { code: 'VALIDATION_FAILED', errors: { 'items.0.price': ['Is not valid'] } },
  })
  expect(JSON.stringify(body)).not.toContain('hunter2')
})

test.each(parsers)(
  'left alone, what %s throws is a 500: the schema may be of what the app made',
  (_, parse) => {
    expect(errorResponse(caught(parse)).status).toBe(500)
  },
)

test.each(parsers)('a rejected value is not in the log either, with what %s throws', (_, parse) => {
  expect(JSON.stringify(describeThrown(schemaErrors(caught(parse))))).not.toContain('hunter2')
})

test('anything else is not its business', () => {
  for (const thrown of [new Error('x'), 'text', null, { name: 'ZodError', issues: [] }])
    expect(schemaErrors(thrown)).toBe(undefined)
})

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}
