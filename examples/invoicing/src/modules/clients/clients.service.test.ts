import type { Page } from '@fastkit/contracts'
import { expect, test } from 'vitest'
import type { Client } from './clients.model.ts'
import { ClientService, type Clients } from './clients.service.ts'

const eve: Client = {
  id: 1,
  name: 'Eve',
  email: 'eve@example.com',
  phone: null,
  address: null,
  city: null,
  country: null,
  postalCode: null,
  language: 'en',
  createdAt: new Date(0),
  updatedAt: new Date(0),
  deletedAt: null,
}

/** A service test needs no database: only the verbs it calls. */
function build(verbs: Partial<Clients>): ClientService {
  return new ClientService({ clients: verbs as Clients })
}

test('e-mail addresses are kept, and looked for, without capitals', async () => {
  const seen: unknown[] = []
  const clients = build({
    async create(data) {
      seen.push(data.email)
      return eve
    },
    async update(_key, data) {
      seen.push(data.email)
      return eve
    },
    async paginate(request): Promise<Page<Client>> {
      seen.push(request?.filter?.email)
      return { items: [], page: 1, perPage: 20, total: 0, totalPages: 0, hasNext: false, hasPrev: false }
    },
  })
  await clients.create({ name: 'Eve', email: 'EVE@example.com', language: 'en' })
  await clients.update(1, { email: 'Eve@Example.com' })
  await clients.update(1, { name: 'Eve' })
  await clients.paginate({ filter: { email: 'EVE@EXAMPLE.COM' } })
  await clients.paginate()
  expect(seen).toEqual(['eve@example.com', 'eve@example.com', undefined, 'eve@example.com', undefined])
})

test('callers do not see when a client was deleted', async () => {
  const clients = build({ getOrFail: async () => eve })
  expect(await clients.getOrFail(1)).not.toHaveProperty('deletedAt')
})
