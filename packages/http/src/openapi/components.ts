import type { JsonSchema } from '../list-query/fields.ts'

const count = { type: 'integer', minimum: 0 }
const position = { type: 'integer', minimum: 1 }
const flag = { type: 'boolean' }
const cursor = { type: ['string', 'null'], description: 'Opaque; `null` where the list ends.' }
const message = { type: 'string', description: 'For people, in their language.' }
const code = { type: 'string', description: 'Stable, SCREAMING_SNAKE.' }

const details = {
  errors: {
    type: 'object',
    description: 'Messages by path, `items.0.price`; those about the input as a whole under `_root`.',
    additionalProperties: { type: 'array', items: { type: 'string' } },
  },
  issues: { type: 'array', items: { $ref: '#/components/schemas/Issue' } },
  requestId: { type: 'string', description: 'As in the header X-Request-Id.' },
}

const slice = { page: position, perPage: position, hasNext: flag, hasPrev: flag }

/** The parts of every document: pages, failures, and failures as RFC 9457 has them. */
export const components: { readonly schemas: Readonly<Record<string, JsonSchema>> } = {
  schemas: {
    Pagination: object({ ...slice, total: count, totalPages: count }),
    SlicePagination: object(slice),
    CursorPagination: object(
      { nextCursor: cursor, perPage: position, hasNext: flag },
      { prevCursor: cursor, hasPrev: flag },
    ),
    Failure: object({ success: { const: false }, message, code }, details),
    Problem: object(
      {
        type: { const: 'about:blank' },
        title: { type: 'string' },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: message,
        code,
      },
      details,
    ),
    Issue: object(
      { path: { type: 'array', items: { type: ['string', 'integer'] } }, code, message },
      { params: { type: 'object' } },
    ),
  },
}

/** An object with these properties and no others, the first of which are always there. */
export function object(
  required: Readonly<Record<string, unknown>>,
  optional: Readonly<Record<string, unknown>> = {},
): JsonSchema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  }
}
