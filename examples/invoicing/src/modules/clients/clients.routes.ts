import { date, listQuery, text } from '@fastkit/http'
import { created, cursorPage, noContent, ok, page } from '@fastkit/http/hono'
import { describe } from '@fastkit/http/openapi'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { IdParam } from '../id-param.ts'
import { ClientCreate, ClientResponse, ClientUpdate } from './clients.model.ts'
import type { ClientService } from './clients.service.ts'

const clientList = listQuery({
  filter: {
    name: text(['eq', 'contains', 'icontains', 'startswith']),
    email: text(['eq']),
    city: text(['eq']),
    country: text(['eq']),
    createdAt: date(['gte', 'lte']),
  },
  sort: ['name', 'city', 'createdAt'],
  paging: 'both',
})

export function clientRoutes({ clients }: { clients: ClientService }) {
  return new Hono()
    .get(
      '/',
      describe({ summary: 'Lists clients', page: ClientResponse, cursorPage: ClientResponse }),
      validated('query', clientList),
      async (c) => {
        const asked = c.req.valid('query')
        return 'cursor' in asked
          ? cursorPage(c, await clients.cursorPaginate(asked))
          : page(c, await clients.paginate(asked))
      },
    )
    .post(
      '/',
      describe({ summary: 'Adds a client', created: ClientResponse, errors: [409] }),
      validated('json', ClientCreate),
      async (c) => created(c, await clients.create(c.req.valid('json'))),
    )
    .get(
      '/:id',
      describe({ summary: 'A client', ok: ClientResponse, errors: [404] }),
      validated('param', IdParam),
      async (c) => ok(c, await clients.getOrFail(c.req.valid('param').id)),
    )
    .patch(
      '/:id',
      describe({ summary: 'Changes a client', ok: ClientResponse, errors: [404, 409] }),
      validated('param', IdParam),
      validated('json', ClientUpdate),
      async (c) => ok(c, await clients.update(c.req.valid('param').id, c.req.valid('json'))),
    )
    .delete(
      '/:id',
      describe({ summary: 'Deletes a client', noContent: true, errors: [404] }),
      validated('param', IdParam),
      async (c) => {
        await clients.delete(c.req.valid('param').id)
        return noContent(c)
      },
    )
    .post(
      '/:id/restore',
      describe({ summary: 'Brings a deleted client back', ok: ClientResponse, errors: [404, 409] }),
      validated('param', IdParam),
      async (c) => ok(c, await clients.restore(c.req.valid('param').id)),
    )
}
