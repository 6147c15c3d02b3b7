import { date, int, listQuery, oneOf, text } from '@fastkit/http'
import { created, cursorPage, ifMatch, noContent, ok, page, setETag } from '@fastkit/http/hono'
import { describe } from '@fastkit/http/openapi'
import type { Translate } from '@fastkit/i18n'
import { validated } from '@fastkit/validation/hono'
import { type Context, Hono } from 'hono'
import type { Messages } from '../../translator.ts'
import { IdParam } from '../id-param.ts'
import { InvoiceCreate, InvoiceResponse, InvoiceUpdate, statuses } from './invoices.model.ts'
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
    .get(
      '/',
      describe({ summary: 'Lists invoices', page: InvoiceResponse, cursorPage: InvoiceResponse }),
      validated('query', invoiceList),
      async (c) => {
        const asked = c.req.valid('query')
        return 'cursor' in asked
          ? cursorPage(c, await invoices.cursorPaginate(asked))
          : page(c, await invoices.paginate(asked))
      },
    )
    .post(
      '/',
      describe({ summary: 'Drafts an invoice', created: InvoiceResponse }),
      validated('json', InvoiceCreate),
      async (c) => created(c, tagged(c, await invoices.create(c.req.valid('json')))),
    )
    .get(
      '/:id',
      describe({ summary: 'An invoice', ok: InvoiceResponse, errors: [404] }),
      validated('param', IdParam),
      async (c) => ok(c, tagged(c, await invoices.getOrFail(c.req.valid('param').id))),
    )
    .patch(
      '/:id',
      describe({ summary: 'Changes a draft', ok: InvoiceResponse, errors: [404, 409, 412, 428] }),
      validated('param', IdParam),
      validated('json', InvoiceUpdate),
      async (c) => {
        const { id } = c.req.valid('param')
        const change = (version?: number) => invoices.update(id, c.req.valid('json'), { version })
        return ok(c, tagged(c, await ifMatch(c, change, { required: true })))
      },
    )
    .delete(
      '/:id',
      describe({ summary: 'Deletes a draft', noContent: true, errors: [404, 409, 412] }),
      validated('param', IdParam),
      async (c) => {
        await ifMatch(c, (version) => invoices.delete(c.req.valid('param').id, { version }))
        return noContent(c)
      },
    )
    .post(
      '/:id/issue',
      describe({
        summary: 'Takes a number, and the items from the stock',
        ok: InvoiceResponse,
        errors: [404, 409],
      }),
      validated('param', IdParam),
      async (c) => {
        const invoice = tagged(c, await invoices.issue(c.req.valid('param').id))
        return ok(c, invoice, { message: c.var.t('invoices.issued', { number: invoice.number }) })
      },
    )
    .post(
      '/:id/pay',
      describe({ summary: 'Marks an issued invoice as paid', ok: InvoiceResponse, errors: [404, 409] }),
      validated('param', IdParam),
      async (c) => {
        const invoice = tagged(c, await invoices.pay(c.req.valid('param').id))
        return ok(c, invoice, { message: c.var.t('invoices.paid', { number: invoice.number }) })
      },
    )
    .post(
      '/:id/void',
      describe({ summary: 'Calls an issued invoice off', ok: InvoiceResponse, errors: [404, 409] }),
      validated('param', IdParam),
      async (c) => {
        const invoice = tagged(c, await invoices.void(c.req.valid('param').id))
        return ok(c, invoice, { message: c.var.t('invoices.void', { number: invoice.number }) })
      },
    )
}

/** Sends the version along as the ETag, for `If-Match`. */
function tagged(c: Context, invoice: InvoiceResponse): InvoiceResponse {
  setETag(c, invoice.version)
  return invoice
}
