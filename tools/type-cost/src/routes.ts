import type { Program } from './programs.ts'

const ROUTES_OF_MODULE = 8

/** An app of so many routes and a client of its declarations: on Hono alone, and with envelopes, lists and errors. */
export function routePrograms(routes: number): Program[] {
  const modules = Array.from({ length: routes / ROUTES_OF_MODULE }, (_, index) => `module${index}`)
  return [
    { name: 'hono-app', source: app(modules, HONO_HEAD, honoModule), declared: true },
    { name: 'hono-client', source: client(modules, HONO_CLIENT_HEAD, honoCalls) },
    { name: 'app', source: app(modules, HEAD, ourModule), declared: true },
    { name: 'client', source: client(modules, CLIENT_HEAD, ourCalls) },
  ]
}

function app(modules: readonly string[], head: string, module: (name: string) => string): string {
  const mounted = modules.map((name) => `\n  .route('/${name}', ${name})`).join('')
  return `${head}${modules.map(module).join('')}\nexport const app = new Hono()${mounted}\nexport type App = typeof app\n`
}

function client(modules: readonly string[], head: string, calls: (name: string) => string): string {
  return `${head}${modules.map(calls).join('')}`
}

const ROW = `interface Row { id: number; name: string; createdAt: Date; deletedAt: Date | null; tags: string[]; owner: { id: number; name: string } }
declare const row: Row
`

const SCHEMAS = `const Id = v.object({ id: v.pipe(v.string(), v.transform(Number)) })
const Create = v.strictObject({ name: v.string(), tags: v.optional(v.array(v.string())) })
const Update = v.partial(Create)
`

const HONO_HEAD = `import { Hono } from 'hono'
import { validator } from 'hono/validator'
import * as v from 'valibot'
${ROW}${SCHEMAS}
const param = validator('param', (value) => v.parse(Id, value))
const create = validator('json', (value) => v.parse(Create, value))
const update = validator('json', (value) => v.parse(Update, value))
const query = validator('query', (value) => v.parse(v.object({ page: v.optional(v.string()) }), value))
`

function honoModule(name: string): string {
  return `
export const ${name} = new Hono()
  .get('/', query, (c) => c.json({ success: true as const, data: [row], page: c.req.valid('query').page }, 200))
  .post('/', create, (c) => c.json({ success: true as const, data: { ...row, name: c.req.valid('json').name } }, 201))
  .get('/:id', param, (c) => c.json({ success: true as const, data: { ...row, id: c.req.valid('param').id } }, 200))
  .patch('/:id', param, update, (c) => c.json({ success: true as const, data: row }, 200))
  .delete('/:id', param, (c) => c.body(null, 204))
  .post('/:id/restore', param, (c) => c.json({ success: true as const, data: row }, 200))
  .get('/:id/events', param, query, (c) => c.json({ success: true as const, data: [row] }, 200))
  .get('/counts', (c) => c.json({ success: true as const, data: { total: 1 } }, 200))
`
}

const HEAD = `import { date, int, listQuery, text } from '@fastkit/http'
import { created, cursorPage, noContent, ok, page } from '@fastkit/http/hono'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import * as v from 'valibot'
${ROW}${SCHEMAS}`

function ourModule(name: string): string {
  return `
const ${name}List = listQuery({
  filter: { name: text(['eq', 'icontains', 'startswith']), createdAt: date(['gte', 'lte', 'between']), id: int(['in']) },
  sort: ['name', 'createdAt'],
  include: ['owner'],
})
export const ${name} = new Hono()
  .get('/', validated('query', ${name}List), (c) => page(c, { items: [row], total: 1, page: c.req.valid('query').page, perPage: 1 }))
  .post('/', validated('json', Create), (c) => created(c, { ...row, name: c.req.valid('json').name }))
  .get('/:id', validated('param', Id), (c) => ok(c, { ...row, id: c.req.valid('param').id }))
  .patch('/:id', validated('param', Id), validated('json', Update), (c) => ok(c, row))
  .delete('/:id', validated('param', Id), (c) => noContent(c))
  .post('/:id/restore', validated('param', Id), (c) => ok(c, row))
  .get('/:id/events', validated('param', Id), validated('query', ${name}List), (c) => cursorPage(c, { items: [row], perPage: 1, hasNext: false, nextCursor: null }))
  .get('/counts', (c) => ok(c, { total: 1 }))
`
}

const HONO_CLIENT_HEAD = `import { hc } from 'hono/client'
import type { App } from './declared/hono-app.js'

const client = hc<App>('http://localhost')
`

function honoCalls(name: string): string {
  return `
export async function ${name}(): Promise<(string | number | null)[]> {
  const list = await client.${name}.$get({ query: { page: '2' } })
  const made = await client.${name}.$post({ json: { name: 'a' } })
  const one = await client.${name}[':id'].$get({ param: { id: '1' } })
  await client.${name}[':id'].$delete({ param: { id: '1' } })
  return [(await list.json()).data[0]?.createdAt ?? '', (await made.json()).data.owner.name, (await one.json()).data.deletedAt]
}
`
}

const CLIENT_HEAD = `import { unwrap, type WithErrors } from '@fastkit/http/client'
import { hc } from 'hono/client'
import type { App } from './declared/app.js'

const client = hc<WithErrors<App>>('http://localhost')
`

// Each type below is asked for, so that one that was lost on the way through the declarations fails.
function ourCalls(name: string): string {
  return `
export async function ${name}(): Promise<(string | number | null)[]> {
  const list = await unwrap(client.${name}.$get({ query: { 'filter[name__icontains]': 'a', include: 'owner', page: '2' } }))
  const made = await unwrap(client.${name}.$post({ json: { name: 'a' } }))
  const one = await client.${name}[':id'].$get({ param: { id: '1' } })
  const gone: undefined = await unwrap(client.${name}[':id'].$delete({ param: { id: '1' } }))
  const walked = await unwrap(client.${name}[':id'].events.$get({ param: { id: '1' }, query: {} }))
  const first: string | undefined = list.items[0]?.createdAt
  if (one.status === 404 || one.status === 429) return [(await one.json()).code, gone ?? null]
  if (one.status !== 200) return [(await one.json()).errors?.['name']?.[0] ?? null]
  return [first ?? null, list.total, made.owner.name, (await one.json()).data.deletedAt, walked.nextCursor]
}
// @ts-expect-error no such filter
void client.${name}.$get({ query: { 'filter[nope]': 'a' } })
`
}
