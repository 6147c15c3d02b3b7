import { createRepository, mixins } from '@fastkit/db'
import { created, httpStack, ifMatch, ok, setETag } from '@fastkit/http/hono'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../test/open-database.ts'

let close: () => Promise<void>
let app: Hono
let lines: object[]

beforeAll(async () => {
  const database = await openDatabase()
  close = database.close
  const prisma = database.prisma.$extends(mixins({ note: { version: true } }))
  const notes = createRepository(prisma, 'note')
  const log = (fields: object) => void lines.push(fields)
  app = new Hono()
  httpStack(app, { logger: { debug: log, info: log, warn: log, error: log }, log: false })
  app.post('/notes', async (c) => created(c, await notes.create(await c.req.json())))
  app.get('/notes/:id', async (c) => {
    const note = await notes.getOrFail(Number(c.req.param('id')))
    setETag(c, note.version)
    return ok(c, note)
  })
  app.patch('/notes/:id', async (c) => {
    const data = await c.req.json()
    const id = Number(c.req.param('id'))
    const note = await ifMatch(c, (version) => notes.update(id, data, { version }), { required: true })
    setETag(c, note.version)
    return ok(c, note)
  })
  // Prisma's client alone, which throws its own errors.
  app.post('/by-prisma', async (c) => ok(c, await database.prisma.note.create({ data: await c.req.json() })))
  app.get('/by-sql', async (c) => ok(c, await database.prisma.$queryRaw`SELECT hunter2 FROM "Note"`))
})

afterAll(() => close())

beforeEach(() => {
  lines = []
})

async function ask(path: string, method = 'GET', body?: object, headers: Record<string, string> = {}) {
  const response = await app.request(path, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  })
  const answer = (await response.json()) as {
    code?: string
    errors?: object
    data: { id: number; version: number }
  }
  return { status: response.status, etag: response.headers.get('etag') ?? '', ...answer }
}

describe('a row with a version', () => {
  test('of twenty who have seen the same one, one changes it, and the others are told', async () => {
    const { data } = await ask('/notes', 'POST', { title: 'first' })
    const path = `/notes/${data.id}`
    const { etag } = await ask(path)
    expect(etag).toBe('"1"')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ask(path, 'PATCH', { title: `t${at}` }, { 'if-match': etag })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(412)])
    expect(answers.find(({ status }) => status === 200)?.etag).toBe('"2"')
    expect((await ask(path)).data.version).toBe(2)
    expect((await ask(path, 'PATCH', { title: 'again' }, { 'if-match': '"2"' })).status).toBe(200)
  })

  test.each([
    [{}, 428, 'PRECONDITION_REQUIRED'],
    [{ 'if-match': '"7"' }, 404, 'NOT_FOUND'],
    [{ 'if-match': '"x"' }, 412, 'PRECONDITION_FAILED'],
    [{ 'if-match': '*' }, 404, 'NOT_FOUND'],
  ] as [Record<string, string>, number, string][])(
    'that is not there, with %j, is %i',
    async (headers, status, code) => {
      expect(await ask('/notes/999', 'PATCH', { title: 'x' }, headers)).toMatchObject({ status, code })
    },
  )
})

describe('what the database refuses', () => {
  test('is 409 with the field, through a repository', async () => {
    await ask('/notes', 'POST', { title: 'taken' })
    const answer = await ask('/notes', 'POST', { title: 'taken' })
    expect(answer).toMatchObject({
      status: 409,
      code: 'UNIQUE_VIOLATION',
      errors: { title: [expect.any(String)] },
    })
  })

  test.each([
    ['/by-prisma', 'POST', { title: 'taken' }],
    ['/by-prisma', 'POST', { title: 'x', hunter2: 1 }],
    ['/by-sql', 'GET', undefined],
  ])('%s %s %j of Prisma alone is 500, and tells nothing', async (path, method, body) => {
    await ask('/notes', 'POST', { title: 'taken' })
    lines = []
    const answer = await ask(path, method, body)
    expect(answer).toMatchObject({
      status: 500,
      code: 'INTERNAL',
      message: 'Something went wrong on our side',
    })
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|prisma|sql/i)
    expect(lines).toMatchObject([{ status: 500, err: { message: expect.any(String) } }])
  })
})
