import { date, int, listQuery, oneOf, text } from '@fastkit/http'
import { created, cursorPage, ifMatch, noContent, ok, page, setETag } from '@fastkit/http/hono'
import type { Translate } from '@fastkit/i18n'
import { validated } from '@fastkit/validation/hono'
import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Messages } from '../../translator.ts'
import { IdParam } from '../id-param.ts'
import { InvoiceCreate, type InvoiceResponse, InvoiceUpdate, statuses } from './invoices.model.ts'
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
  include: ['client', 'items'],
  paging: 'both',
})

export function invoiceRoutes({ invoices }: { invoices: InvoiceService }) {
  return new Hono<{ Variables: { t: Translate<Messages> } }>()
    .get('/', validated('query', invoiceList), async (c) => {
      const asked = c.req.valid('query')
      return 'cursor' in asked
        ? cursorPage(c, await invoices.cursorPaginate(asked))
        : page(c, await invoices.paginate(asked))
    })
    .post('/', validated('json', InvoiceCreate), async (c) =>
      created(c, tagged(c, await invoices.create(c.req.valid('json')))),
    )
    .get('/:id', validated('param', IdParam), etag(), async (c) =>
      ok(c, tagged(c, await invoices.getOrFail(c.req.valid('param').id))),
    )
    .patch('/:id', validated('param', IdParam), validated('json', InvoiceUpdate), async (c) => {
      const { id } = c.req.valid('param')
      const change = (version?: number) => invoices.update(id, c.req.valid('json'), { version })
      return ok(c, tagged(c, await ifMatch(c, change, { required: true })))
    })
    .delete('/:id', validated('param', IdParam), async (c) => {
      await ifMatch(c, (version) => invoices.delete(c.req.valid('param').id, { version }))
      return noContent(c)
    })
    .post('/:id/issue', validated('param', IdParam), async (c) => {
      const invoice = tagged(c, await invoices.issue(c.req.valid('param').id))
      return ok(c, invoice, { message: c.var.t('invoices.issued', { number: invoice.number }) })
    })
    .post('/:id/pay', validated('param', IdParam), async (c) => {
      const invoice = tagged(c, await invoices.pay(c.req.valid('param').id))
      return ok(c, invoice, { message: c.var.t('invoices.paid', { number: invoice.number }) })
    })
    .post('/:id/void', validated('param', IdParam), async (c) => {
      const invoice = tagged(c, await invoices.void(c.req.valid('param').id))
      return ok(c, invoice, { message: c.var.t('invoices.void', { number: invoice.number }) })
    })
}

/** Sends the version along as the ETag, for `If-Match`. */
function tagged(c: Context, invoice: InvoiceResponse): InvoiceResponse {
  setETag(c, invoice.version)
  return invoice
}
