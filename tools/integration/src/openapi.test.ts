import { installErrorHandling, noContent, ok, page } from '@fastkit/http/hono'
import { describe as describeRoute, openapiDocument } from '@fastkit/http/openapi'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { invoiceList } from './list-query/invoice-list.ts'

const Id = v.object({ id: v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)) })
const Change = v.strictObject({ status: v.optional(v.picklist(['draft', 'paid'])) })

const invoices = new Hono()
  .get('/', describeRoute({ page: v.string() }), validated('query', invoiceList), (c) =>
    page(c, { items: ['a'], page: 1, perPage: 1, total: 1 }),
  )
  .patch('/:id', describeRoute({ ok: v.string() }), validated('param', Id), validated('json', Change), (c) =>
    ok(c, c.req.valid('json').status ?? ''),
  )
  .delete('/:id', validated('param', Id), (c) => noContent(c))

const app = new Hono()
installErrorHandling(app, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
app.route('/invoices', invoices)

test('what `validated` checks stands in the document, and nowhere else', async () => {
  const { paths } = (await openapiDocument(app, { info: { title: 'T', version: '1' } })) as {
    paths: Record<string, Record<string, { parameters?: object[]; requestBody?: object; responses: object }>>
  }
  const list = paths['/invoices']?.['get']
  expect(list?.parameters).toEqual(invoiceList.parameters.map((parameter) => ({ in: 'query', ...parameter })))
  expect(Object.keys(list?.responses ?? {})).toEqual(['200', '422', 'default'])

  const change = paths['/invoices/{id}']?.['patch']
  expect(change?.parameters).toEqual([
    { in: 'path', name: 'id', required: true, schema: { type: 'string', pattern: '^\\d+$' } },
  ])
  expect(change?.requestBody).toEqual({
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { status: { enum: ['draft', 'paid'], type: 'string' } },
          required: [],
          additionalProperties: false,
        },
      },
    },
  })
  expect(Object.keys(change?.responses ?? {})).toEqual(['200', '400', '413', '415', '422', 'default'])
  expect(paths['/invoices/{id}']).not.toHaveProperty('delete')
})
