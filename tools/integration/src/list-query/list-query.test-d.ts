import type { CursorRequest, PageRequest } from '@fastkit/contracts'
import type { PrismaRepository } from '@fastkit/db'
import { listQuery, text } from '@fastkit/http'
import { cursorPage, page } from '@fastkit/http/hono'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { hc } from 'hono/client'
import { expectTypeOf } from 'vitest'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import { filter, invoiceList } from './invoice-list.ts'

declare const invoices: PrismaRepository<PrismaClient, 'invoice'>

// What a client asked for is what the repository takes, without a cast: one way,
const byPage = listQuery({ filter, sort: ['dueOn', 'client__name'], include: ['client'] }).parse({})
void invoices.paginate(byPage)
void invoices.filter(byPage.filter, { orderBy: byPage.orderBy, limit: byPage.perPage })

// the other,
const byCursor = listQuery({ filter, sort: ['dueOn'], include: ['client'], paging: 'cursor' }).parse({})
void invoices.cursorPaginate(byCursor)

// or both; and it is what services take, which know contracts only.
const app = new Hono().get('/', validated('query', invoiceList), async (c) => {
  const asked = c.req.valid('query')
  if ('cursor' in asked) return cursorPage(c, await invoices.cursorPaginate(asked))
  expectTypeOf(asked.page).toEqualTypeOf<number>()
  return page(c, await invoices.paginate(asked))
})
expectTypeOf(byPage).toExtend<PageRequest<{ status?: 'draft' | 'issued' | 'paid' }>>()
expectTypeOf(byCursor).toExtend<CursorRequest<{ status?: 'draft' | 'issued' | 'paid' }>>()

// A client sees which parameters there are, and both answers.
const client = hc<typeof app>('')
const answer = await client.index.$get({ query: { 'filter[status__in]': 'draft,paid', include: 'client' } })
if (answer.status === 200) {
  const { data, pagination } = await answer.json()
  expectTypeOf(data[0]?.dueOn).toEqualTypeOf<string | undefined>()
  expectTypeOf(data[0]?.rate).toEqualTypeOf<string | null | undefined>()
  expectTypeOf(data[0]?.views).toEqualTypeOf<string | undefined>()
  expectTypeOf(data[0]?.client.name).toEqualTypeOf<string | undefined>()
  if ('nextCursor' in pagination) expectTypeOf(pagination.nextCursor).toEqualTypeOf<string | null>()
  else expectTypeOf(pagination.total).toEqualTypeOf<number>()
}
// @ts-expect-error not declared
void client.index.$get({ query: { 'filter[number]': '1' } })

// A field or a type the model does not have is a mistake of the app's, and the compiler says so.
// @ts-expect-error
void invoices.paginate(listQuery({ filter: { number: text(['eq']) } }).parse({}))
// @ts-expect-error
void invoices.paginate(listQuery({ filter: { totalCents: text(['eq']) } }).parse({}))
// @ts-expect-error
void invoices.paginate(listQuery({ sort: ['number'] }).parse({}))
// @ts-expect-error
void invoices.paginate(listQuery({ include: ['customer'] }).parse({}))
