import { hc } from 'hono/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { type App, type RunningApp, runApp } from '../../../test/running-app.ts'

describe.each(providers)('over a socket, on %s', (provider) => {
  let running: RunningApp
  let api: ReturnType<typeof hc<App>>

  beforeAll(async () => {
    running = await runApp(provider)
    api = hc<App>(running.url)
  })
  afterAll(() => running?.stop())

  let last = 0
  const create = async (fields: object = {}) => {
    const json = { name: 'Eve', email: `eve${++last}@example.com`, ...fields }
    const response = await api.clients.$post({ json })
    if (response.status !== 201) throw new Error(JSON.stringify(await response.json()))
    return (await response.json()).data
  }
  const send: RunningApp['send'] = (...request) => running.send(...request)

  test('a client is created, read, changed, deleted and restored', async () => {
    const eve = await create({ name: 'Eve', email: 'Eve@Example.com', city: 'Bonn', country: 'DE' })
    expect(eve).toEqual({
      id: expect.any(Number),
      name: 'Eve',
      email: 'eve@example.com',
      phone: null,
      address: null,
      city: 'Bonn',
      country: 'DE',
      postalCode: null,
      language: 'en',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      updatedAt: eve.createdAt,
    })
    const path = `/clients/${eve.id}`
    expect(await send('GET', path)).toMatchObject({ status: 200, body: { success: true, data: eve } })

    const patched = await send('PATCH', path, { city: null, language: 'de' })
    expect(patched).toMatchObject({
      status: 200,
      body: { data: { ...eve, city: null, language: 'de', updatedAt: expect.any(String) } },
    })
    expect(patched.body.data.updatedAt > eve.updatedAt).toBe(true)

    expect(await send('DELETE', path)).toMatchObject({ status: 204, body: undefined })
    expect(await send('GET', path)).toMatchObject({ status: 404 })
    expect(await send('PATCH', path, { city: 'Bonn' })).toMatchObject({ status: 404 })
    expect(await send('DELETE', path)).toMatchObject({ status: 404 })
    expect((await send('GET', '/clients?filter[email]=eve@example.com')).body.data).toEqual([])

    expect(await send('POST', `${path}/restore`)).toMatchObject({
      status: 200,
      body: { data: { id: eve.id } },
    })
    expect(await send('GET', path)).toMatchObject({ status: 200 })
    expect(await send('POST', `${path}/restore`)).toMatchObject({ status: 404 })
  })

  test('a list is filtered, sorted and paged', async () => {
    for (const [name, city] of [
      ['Zoe', 'Ulm'],
      ['Zacharias', 'Aachen'],
      ['Zenobia', 'Mainz'],
      ['Quentin', 'Ulm'],
    ]) {
      await create({ name, city })
    }
    const list = async (query: string) => (await send('GET', `/clients?${query}`)).body
    const names = async (query: string) => (await list(query)).data.map(({ name }: { name: string }) => name)

    expect(await names('filter[name__startswith]=Z&sort=name')).toEqual(['Zacharias', 'Zenobia', 'Zoe'])
    expect(await names('filter[name__startswith]=Z&sort=-city')).toEqual(['Zoe', 'Zenobia', 'Zacharias'])
    expect(await names('filter[name]=Zoe')).toEqual(['Zoe'])
    expect(await names('filter[name]=Zo')).toEqual([])
    expect(await names('filter[name__icontains]=ZE&sort=name')).toEqual(['Zenobia'])
    expect(await names('filter[name__contains]=ZE')).toEqual([])
    expect(await names('filter[name__startswith]=%25')).toEqual([])
    expect(await names('filter[city]=Ulm&sort=city,-name')).toEqual(['Zoe', 'Quentin'])
    await create({ name: 'Ada', email: 'ada@example.com' })
    expect(await names('filter[email]=ADA@example.com')).toEqual(['Ada'])
    expect(await names('filter[createdAt__lte]=2020-01-01')).toEqual([])
    expect(await names('filter[createdAt__gte]=2020-01-01&filter[name]=Zoe')).toEqual(['Zoe'])

    const page = await list('filter[name__startswith]=Z&sort=name&perPage=2&page=2')
    expect(page).toEqual({
      success: true,
      data: [expect.objectContaining({ name: 'Zoe' })],
      pagination: { page: 2, perPage: 2, total: 3, totalPages: 2, hasNext: false, hasPrev: true },
    })
  })

  test('an invalid client is 422, with paths and codes', async () => {
    const { status, body, headers } = await send('POST', '/clients', {
      name: ' ',
      country: 'germany',
      admin: true,
    })
    expect(status).toBe(422)
    expect(body).toMatchObject({
      success: false,
      code: 'VALIDATION_FAILED',
      errors: { name: [expect.any(String)], email: ['Is required'], admin: [expect.any(String)] },
      requestId: headers.get('x-request-id'),
    })
    expect(
      body.issues.map(({ path, code }: { path: string[]; code: string }) => [path.join('.'), code]),
    ).toEqual([
      ['name', 'NON_EMPTY'],
      ['email', 'REQUIRED'],
      ['country', 'COUNTRY_CODE'],
      ['admin', 'UNKNOWN_KEY'],
    ])
  })

  test.each([
    ['PATCH', '/clients/1', { nope: 1 }, 422, 'VALIDATION_FAILED'],
    ['PATCH', '/clients/1', { name: null }, 422, 'VALIDATION_FAILED'],
    ['PATCH', '/clients/1', { id: 5 }, 422, 'VALIDATION_FAILED'],
    ['PATCH', '/clients/1', { deletedAt: null }, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients/abc', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients/-1', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients/0', undefined, 404, 'NOT_FOUND'],
    ['GET', '/clients/999999999999999', undefined, 404, 'NOT_FOUND'],
    ['PATCH', '/clients/999999', { name: 'A' }, 404, 'NOT_FOUND'],
    ['DELETE', '/clients/999999', undefined, 404, 'NOT_FOUND'],
    ['POST', '/clients/999999/restore', undefined, 404, 'NOT_FOUND'],
    ['PUT', '/clients/1', {}, 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/nowhere', undefined, 404, 'ROUTE_NOT_FOUND'],
    ['GET', '/clients?perPage=101', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients?page=0', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients?sort=email', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients?filter[phone]=1', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients?filter[name]=%00', undefined, 422, 'VALIDATION_FAILED'],
    ['GET', '/clients?page=1&page=2', undefined, 422, 'VALIDATION_FAILED'],
    ['POST', '/clients', undefined, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ] as const)('%s %s %j is %i %s', async (method, path, body, status, code) => {
    const answer = await send(method, path, body)
    expect(answer).toMatchObject({ status, body: { success: false, code } })
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'))
  })

  test('an empty change is allowed and changes nothing but the time', async () => {
    const eve = await create()
    const { status, body } = await send('PATCH', `/clients/${eve.id}`, {})
    expect(status).toBe(200)
    expect({ ...body.data, updatedAt: eve.updatedAt }).toEqual(eve)
  })

  test('an e-mail address that is taken is 409, and names the field, in capitals too', async () => {
    const eve = await create()
    const { status, body } = await send('POST', '/clients', { name: 'Eve', email: eve.email.toUpperCase() })
    expect({ status, body }).toMatchObject({
      status: 409,
      body: {
        code: 'UNIQUE_VIOLATION',
        errors: { email: ['Is already taken'] },
        issues: [{ path: ['email'], code: 'UNIQUE' }],
      },
    })
  })

  test('twenty at once with one e-mail address make one client', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send('POST', '/clients', { name: 'Twin', email: 'twin@example.com' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
  })

  test('text the database cannot hold, and bodies nobody needs, are refused', async () => {
    const name = (value: string) => send('POST', '/clients', { name: value, email: `n${++last}@example.com` })
    expect(await name('a\0b')).toMatchObject({
      status: 422,
      body: { errors: { name: [expect.any(String)] } },
    })
    expect(await name('a\ud800b')).toMatchObject({ status: 422 })
    expect(await name('x'.repeat(200_000))).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } })
    for (const at of ['0000-01-01', '9999-12-31T23:59:59-23:59']) {
      expect(await send('GET', `/clients?filter[createdAt__gte]=${at}`)).toMatchObject({ status: 422 })
    }
  })

  test('it is alive and ready', async () => {
    expect(await send('GET', '/health/live')).toMatchObject({
      status: 200,
      body: { data: { status: 'live' } },
    })
    expect(await send('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { data: { status: 'ready' } },
    })
  })

  test('nothing of all this was our fault', () => {
    expect(running.lines.filter(({ level }) => level >= 50)).toEqual([])
  })
})

test('with an API token, everything but health asks for it', async () => {
  const running = await runApp('sqlite', { API_TOKEN: 'secret-token' })
  try {
    const refused = await fetch(`${running.url}/clients`)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm=""'])
    expect(await refused.json()).toMatchObject({ success: false, code: 'UNAUTHENTICATED' })
    expect(
      (await fetch(`${running.url}/clients`, { headers: { authorization: 'Bearer secret-token' } })).status,
    ).toBe(200)
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200)
  } finally {
    await running.stop()
  }
})
