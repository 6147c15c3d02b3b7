import type { Repository } from '@fastkit/contracts'
import { createRepository, createUnitOfWork, mixins } from '@fastkit/db'
import { listQuery, schemaErrors, text } from '@fastkit/http'
import { created, httpStack, ok, page } from '@fastkit/http/hono'
import { CrudService } from '@fastkit/service'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import type { Client, PrismaClient } from '../../tools/integration/src/generated/sqlite/client.ts'
import { openDatabase } from '../../tools/integration/test/open-database.ts'
import { idAndLog, logger, setAtNode } from './apps.ts'

const ClientCreate = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  city: v.pipe(v.string(), v.maxLength(100)),
})

/** Hono, Valibot and Prisma, as one would write it by hand. */
function byHand(prisma: PrismaClient, app = withOwnErrors()): Hono {
  const number = v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1))
  const Query = v.object({
    'filter[city]': v.optional(v.string()),
    sort: v.optional(v.picklist(['name', '-name'])),
    page: v.optional(number, '1'),
    perPage: v.optional(v.pipe(number, v.maxValue(100)), '20'),
  })
  app.get('/clients', async (c) => {
    const { page, perPage, sort, ...filter } = v.parse(Query, c.req.query())
    const city = filter['filter[city]']
    const where = city === undefined ? {} : { city }
    const direction = sort === '-name' ? 'desc' : 'asc'
    const [data, total] = await Promise.all([
      prisma.client.findMany({
        where,
        orderBy: sort === undefined ? [{ id: 'asc' }] : [{ name: direction }, { id: direction }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      prisma.client.count({ where }),
    ])
    return c.json({ data, pagination: { page, perPage, total, totalPages: Math.ceil(total / perPage) } })
  })
  app.get('/clients/:id', async (c) => {
    const id = v.parse(number, c.req.param('id'))
    const client = await prisma.client.findUnique({ where: { id } })
    if (!client) throw new HTTPException(404, { message: 'There is no such client' })
    return c.json({ data: client })
  })
  app.post('/clients', async (c) => {
    const data = v.parse(ClientCreate, await c.req.json())
    return c.json({ data: await prisma.client.create({ data }) }, 201)
  })
  return app
}

function withOwnErrors(): Hono {
  return new Hono().onError((error, c) =>
    error instanceof HTTPException
      ? c.json({ message: error.message }, error.status)
      : error instanceof v.ValiError
        ? c.json({ message: 'Not valid', errors: v.flatten(error.issues) }, 422)
        : c.json({ message: 'Something went wrong' }, 500),
  )
}

function withIdAndLog(setId: Parameters<typeof idAndLog>[0]): Hono {
  const app = withOwnErrors()
  app.use(idAndLog(setId))
  return app
}

function withStack(): Hono {
  const app = new Hono()
  httpStack(app, { logger, mapError: schemaErrors })
  return app
}

type ClientCreate = v.InferOutput<typeof ClientCreate>
type Clients = Repository<Client, ClientCreate, Partial<ClientCreate>, { city?: string }, number>

/** The same with all layers of ours. */
function ours(clients: Clients): Hono {
  const service = new CrudService({ repository: clients })
  const list = listQuery({ filter: { city: text(['eq']) }, sort: ['name'] })
  const id = v.object({ id: v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1)) })
  const app = withStack()
  app.get('/clients', validated('query', list), async (c) =>
    page(c, await service.paginate(c.req.valid('query'))),
  )
  app.get('/clients/:id', validated('param', id), async (c) =>
    ok(c, await service.getOrFail(c.req.valid('param').id)),
  )
  app.post('/clients', validated('json', ClientCreate), async (c) =>
    created(c, await service.create(c.req.valid('json'))),
  )
  return app
}

/**
 * What is compared where a database answers; the first is what the others are measured by. All share one client and one
 * database, so that Prisma has the same work for each.
 */
export async function databaseApps(): Promise<Readonly<Record<string, Hono>>> {
  const prisma = await openClients()
  const unitOfWork = createUnitOfWork(prisma.$extends(mixins({})) as never as PrismaClient)
  return {
    'Hono, Valibot and Prisma by hand': byHand(prisma),
    '… once more, to see how far equals differ': byHand(prisma),
    '… and an id and a line in the log': byHand(
      prisma,
      withIdAndLog((c, id) => c.header('X-Request-Id', id)),
    ),
    '… the least of these': byHand(prisma, withIdAndLog(setAtNode)),
    '… and a query extension that does nothing': byHand(withExtension(prisma)),
    '… the least of all these': byHand(withExtension(prisma), withIdAndLog(setAtNode)),
    '… and httpStack': byHand(prisma, withStack()),
    'httpStack, service, repository': ours(createRepository(prisma, 'client')),
    '… and a unit of work': ours(createRepository(unitOfWork, 'client')),
  }
}

/** What every extension costs, as the mixins of a unit of work are one. */
function withExtension(prisma: PrismaClient): PrismaClient {
  return prisma.$extends({ query: { $allOperations: ({ args, query }) => query(args) } }) as never
}

async function openClients(): Promise<PrismaClient> {
  const { prisma, close } = await openDatabase({ errorFormat: 'minimal' })
  process.once('disconnect', () => void close().then(() => process.exit()))
  await prisma.client.createMany({
    data: Array.from({ length: 500 }, (_, at) => ({ name: `Client ${at}`, city: at % 5 ? 'Ulm' : 'Bonn' })),
  })
  return prisma
}
