import { createRepository, type PrismaUnitOfWork } from '@fastkit/db'
import type { Db } from '../../database/open-database.ts'
import type { Including, Invoices } from './invoices.service.ts'

/** A single invoice comes whole. */
const include = { client: true, items: { orderBy: { id: 'asc' } } } as const

/** Invoices with their items, which are stored, changed and deleted with them. */
export function invoiceRepository(unitOfWork: PrismaUnitOfWork<Db>): Invoices {
  const invoices = createRepository(unitOfWork, 'invoice', { nestedWrites: ['items'] })
  const counters = createRepository(unitOfWork, 'invoiceCounter')

  return {
    get: (id) => invoices.get(id, { include }),
    getOrFail: (id) => invoices.getOrFail(id, { include }),
    first: (filter, options) => invoices.first(filter, options),
    filter: (filter, options) => invoices.filter(filter, options),
    count: (filter) => invoices.count(filter),
    exists: (filter) => invoices.exists(filter),
    paginate: (request = {}) => invoices.paginate(ordered(request)),
    cursorPaginate: (request = {}) => invoices.cursorPaginate(ordered(request)),

    create: ({ items, ...data }) => invoices.create({ ...data, items: { create: items } }, { include }),
    update: (id, { items, ...data }, options) =>
      invoices.update(
        id,
        { ...data, ...(items && { items: { deleteMany: {}, create: items } }) },
        { ...options, include },
      ),
    delete: (id, options) => invoices.delete(id, options),

    async move(id, { from, to, ...fields }) {
      return (await invoices.updateMany({ id, status: from }, { status: to, ...fields })) === 1
    },

    async nextNumber(year) {
      const { last } = await counters.upsert(
        { year },
        { create: { year, last: 1 }, update: { last: { increment: 1 } } },
      )
      return `${year}-${String(last).padStart(5, '0')}`
    },
  }
}

/** The request, with items in their order where it asks for them. */
function ordered<Request extends Including>(request: Request) {
  const { client, items } = request.include ?? {}
  return { ...request, include: { ...(client && { client }), ...(items && { items: include.items }) } }
}
