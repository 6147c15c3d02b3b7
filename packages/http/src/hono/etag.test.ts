import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { describe, expect, test } from 'vitest'
import { installErrorHandling } from './error-handling.ts'
import { type IfMatchOptions, ifMatch, setETag } from './etag.ts'
import { ok } from './responses.ts'

/** What a repository throws when the row is in another version: an AppError, by its brand. */
function versionConflict(): Error {
  const error = Object.assign(new Error('Another change came first'), {
    code: 'VERSION_CONFLICT',
    kind: 'conflict',
  })
  return Object.defineProperty(error, Symbol.for('fastkit.error'), { value: 1 })
}

/** One row with a version, as `repository.update(id, data, { version })` changes it: in one step. */
function oneRow() {
  let row = { id: 1, name: 'a', version: 3 }
  const asked: (number | undefined)[] = []
  return {
    asked,
    get: () => row,
    async update(name: string, { version }: { version: number | undefined }) {
      asked.push(version)
      await new Promise(setImmediate)
      if (version !== undefined && version !== row.version) throw versionConflict()
      row = { ...row, name, version: row.version + 1 }
      return row
    },
  }
}

function build(options?: IfMatchOptions, rows = oneRow()) {
  const lines: object[] = []
  const log = (fields: object) => void lines.push(fields)
  const app = new Hono()
  installErrorHandling(app, { logger: { debug: log, info: log, warn: log, error: log } })
  app.get('/row', etag(), (c) => {
    setETag(c, rows.get().version)
    return ok(c, rows.get())
  })
  app.patch('/row', async (c) => {
    const { name } = await c.req.json()
    const row = await ifMatch(c, (version) => rows.update(name, { version }), options)
    setETag(c, row.version)
    return ok(c, row)
  })
  const patch = (header?: string) =>
    app.request('/row', {
      method: 'PATCH',
      body: '{"name":"b"}',
      headers: header === undefined ? {} : { 'if-match': header },
    })
  return { app, patch, rows, lines }
}

const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code

describe('If-Match', () => {
  test.each([
    [undefined, 200, [undefined]],
    ['*', 200, [undefined]],
    ['"3"', 200, [3]],
    ['"3.de"', 200, [3]],
    ['"2"', 412, [2]],
    ['"2", "3"', 200, [2, 3]],
    ['"2", "2", "1"', 412, [2, 1]],
    ['"x"', 412, []],
    ['W/"3"', 412, []],
    ['3', 400, []],
  ])('%s is %i', async (header, status, asked) => {
    const { patch, rows } = build()
    const response = await patch(header)
    expect([response.status, rows.asked]).toEqual([status, asked])
    if (status === 200) expect(response.headers.get('etag')).toBe('"4"')
    else expect(await codeOf(response)).toBe(status === 400 ? 'IF_MATCH_INVALID' : 'PRECONDITION_FAILED')
    expect(rows.get().version).toBe(status === 200 ? 4 : 3)
  })

  test('where it is required, its absence is 428, and * is there', async () => {
    const { patch } = build({ required: true })
    const response = await patch()
    expect([response.status, await codeOf(response)]).toEqual([428, 'PRECONDITION_REQUIRED'])
    expect((await patch('*')).status).toBe(200)
  })

  test('weak tags hold where they are taken', async () => {
    expect((await build({ weak: true }).patch('W/"3"')).status).toBe(200)
  })

  test('of twenty who have seen the same version, one changes it', async () => {
    const { patch, rows } = build()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await patch('"3"')).status))
    expect(statuses.toSorted()).toEqual([200, ...Array(19).fill(412)])
    expect(rows.get().version).toBe(4)
  })

  test('why it failed, the log hears', async () => {
    const { patch, lines } = build()
    await patch('"2"')
    expect(lines).toMatchObject([{ status: 412, err: { cause: { code: 'VERSION_CONFLICT' } } }])
  })

  test('other errors of the change stay what they are, a version conflict without If-Match too', async () => {
    const app = new Hono()
    const silent = () => {}
    const logger = { debug: silent, info: silent, warn: silent, error: silent }
    installErrorHandling(app, { logger })
    const fail = (error: unknown) => (c: Parameters<typeof ifMatch>[0]) =>
      ifMatch(c, async () => {
        throw error
      })
    app.patch('/conflict', fail(versionConflict()))
    app.patch('/error', fail(new Error('no')))
    expect((await app.request('/conflict', { method: 'PATCH' })).status).toBe(409)
    const headers = { 'if-match': '"3"' }
    expect((await app.request('/error', { method: 'PATCH', headers })).status).toBe(500)
  })

  test('works in an app without anything else of ours', async () => {
    const app = new Hono().patch('/', async (c) => c.text(`${await ifMatch(c, async (version) => version)}`))
    expect(await (await app.request('/', { method: 'PATCH', headers: { 'if-match': '"7"' } })).text()).toBe(
      '7',
    )
    const refused = await app.request('/', { method: 'PATCH', headers: { 'if-match': '7' } })
    expect([refused.status, await codeOf(refused)]).toEqual([400, 'IF_MATCH_INVALID'])
  })
})

describe('If-None-Match, by Hono’s etag()', () => {
  test.each([
    ['"3"', 304],
    ['W/"3"', 304],
    ['"2", "3"', 304],
    ['*', 304],
    ['"2"', 200],
  ])('%s is %i', async (header, status) => {
    const response = await build().app.request('/row', { headers: { 'if-none-match': header } })
    expect([response.status, response.headers.get('etag')]).toEqual([status, '"3"'])
  })
})

test('a form of its own has a tag of its own', async () => {
  const app = new Hono().get('/:language', (c) => {
    setETag(c, 3, { variant: c.req.param('language') })
    return ok(c, 1)
  })
  expect((await app.request('/de')).headers.get('etag')).toBe('"3.de"')
})

test('what Hono’s compress makes of a tag holds as a weak one', async () => {
  const { app, patch } = build({ weak: true })
  const around = new Hono().use(compress({ threshold: 0 })).route('/', app)
  const response = await around.request('/row', { headers: { 'accept-encoding': 'gzip' } })
  const tag = response.headers.get('etag') as string
  expect(tag).toBe('W/"3"')
  expect((await patch(tag)).status).toBe(200)
})
