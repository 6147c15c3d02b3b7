import { date, int, listQuery, oneOf, text } from '@fastkit/http'
import { created, noContent, ok, page } from '@fastkit/http/hono'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { IdParam } from '../id-param.ts'
import { InvoiceCreate, InvoiceUpdate, statuses } from './invoices.model.ts'
import type { InvoiceService } from './invoices.service.ts'

const invoiceList = listQuery({
  filter: {
    status: oneOf(statuses, ['eq', 'in']),
    clientId: int(['eq']),
    client__name: text(['icontains']),
    dueOn: date(['gte', 'lte']),
    totalCents: int(['gte', 'lte']),
  },
  sort: ['number', 'dueOn', 'totalCents', 'createdAt'],
})

export function invoiceRoutes({ invoices }: { invoices: InvoiceService }) {
  return new Hono()
    .get('/', validated('query', invoiceList), async (c) =>
      page(c, await invoices.paginate(c.req.valid('query'))),
    )
    .post('/', validated('json', InvoiceCreate), async (c) =>
      created(c, await invoices.create(c.req.valid('json'))),
    )
    .get('/:id', validated('param', IdParam), async (c) =>
      ok(c, await invoices.getOrFail(c.req.valid('param').id)),
    )
    .patch('/:id', validated('param', IdParam), validated('json', InvoiceUpdate), async (c) =>
      ok(c, await invoices.update(c.req.valid('param').id, c.req.valid('json'))),
    )
    .delete('/:id', validated('param', IdParam), async (c) => {
      await invoices.delete(c.req.valid('param').id)
      return noContent(c)
    })
    .post('/:id/issue', validated('param', IdParam), async (c) =>
      ok(c, await invoices.issue(c.req.valid('param').id)),
    )
    .post('/:id/pay', validated('param', IdParam), async (c) =>
      ok(c, await invoices.pay(c.req.valid('param').id)),
    )
    .post('/:id/void', validated('param', IdParam), async (c) =>
      ok(c, await invoices.void(c.req.valid('param').id)),
    )
}
