import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { type RunningApp, runApp } from '../../../test/running-app.ts'

describe.each(providers)('over a socket, on %s', (provider) => {
  let running: RunningApp
  let client: { id: number; name: string }
  const send: RunningApp['send'] = (...request) => running.send(...request)

  beforeAll(async () => {
    running = await runApp(provider)
    client = await post('/clients', { name: 'Ada Verlag', email: 'ada@example.com', language: 'de' })
  })
  afterAll(() => running?.stop())

  const post = async (path: string, json?: unknown) => {
    const { status, body } = await send('POST', path, json)
    if (status >= 300) throw new Error(JSON.stringify(body))
    return body.data
  }
  let last = 0
  const product = (fields: object = {}) =>
    post('/products', {
      sku: `P${++last}`,
      name: 'Oil',
      priceCents: 1290,
      currency: 'EUR',
      stock: 10,
      ...fields,
    })
  const draft = (productId: number, quantity: number, fields: object = {}) =>
    post('/invoices', {
      clientId: client.id,
      currency: 'EUR',
      dueOn: '2026-03-31',
      items: [{ productId, quantity }],
      ...fields,
    })
  const patch = async (id: number, body: object) => {
    const { headers } = await send('GET', `/invoices/${id}`)
    return send('PATCH', `/invoices/${id}`, body, { 'if-match': headers.get('etag') as string })
  }
  const stockOf = async (id: number) => (await send('GET', `/products/${id}`)).body.data.stock
  const times = <T>(count: number, work: (at: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, at) => work(at)))
  const tally = (answers: readonly { status: number }[], status: number) =>
    answers.filter((answer) => answer.status === status).length

  test('an invoice is drafted at the prices of the day, in the language of its client', async () => {
    const oil = await product()
    const pen = await product({ name: 'Pen', priceCents: 350 })
    await send('PUT', `/products/${oil.id}/translations/de`, { name: 'Öl' })
    const invoice = await draft(oil.id, 3, {
      items: [
        { productId: oil.id, quantity: 3 },
        { productId: pen.id, quantity: 2 },
      ],
    })
    expect(invoice).toMatchObject({
      number: null,
      status: 'draft',
      issuedOn: null,
      dueOn: '2026-03-31',
      currency: 'EUR',
      totalCents: 4570,
      version: 1,
      client: { id: client.id, name: 'Ada Verlag' },
      items: [
        { productId: oil.id, description: 'Öl', quantity: 3, unitPriceCents: 1290, totalCents: 3870 },
        { productId: pen.id, description: 'Pen', quantity: 2, unitPriceCents: 350, totalCents: 700 },
      ],
    })
    expect(await stockOf(oil.id)).toBe(10)

    await send('PATCH', `/products/${oil.id}`, { priceCents: 9900 })
    expect((await send('GET', `/invoices/${invoice.id}`)).body.data).toEqual(invoice)
  })

  test('issuing takes the stock and gives a number, paying ends it', async () => {
    const oil = await product()
    const { id } = await draft(oil.id, 3)
    const issued = await post(`/invoices/${id}/issue`)
    expect(issued).toMatchObject({ status: 'issued', number: expect.stringMatching(/^\d{4}-\d{5}$/) })
    expect(issued.issuedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(await stockOf(oil.id)).toBe(7)
    expect(await post(`/invoices/${id}/pay`)).toMatchObject({ status: 'paid', number: issued.number })
    for (const move of ['issue', 'pay', 'void']) {
      expect(await send('POST', `/invoices/${id}/${move}`)).toMatchObject({
        status: 409,
        body: { code: 'INVOICE_STATE' },
      })
    }
    expect(await stockOf(oil.id)).toBe(7)
  })

  test('an issued invoice that is void gives the stock back, also of products deleted since', async () => {
    const oil = await product()
    const { id } = await draft(oil.id, 3)
    for (const move of ['pay', 'void'])
      expect((await send('POST', `/invoices/${id}/${move}`)).status).toBe(409)
    const { number } = await post(`/invoices/${id}/issue`)
    await send('DELETE', `/products/${oil.id}`)
    expect(await post(`/invoices/${id}/void`)).toMatchObject({ status: 'void', number })
    expect((await send('POST', `/products/${oil.id}/restore`)).body.data.stock).toBe(10)
    expect((await send('POST', `/invoices/${id}/void`)).status).toBe(409)
  })

  test('what is not in stock cannot be issued, and then nothing of it has happened', async () => {
    const [plenty, scarce] = [await product(), await product({ stock: 1 })]
    const before = await post(`/invoices/${(await draft(plenty.id, 1)).id}/issue`)
    const { id } = await draft(plenty.id, 1, {
      items: [
        { productId: plenty.id, quantity: 2 },
        { productId: scarce.id, quantity: 1 },
        { productId: scarce.id, quantity: 1 },
      ],
    })
    expect(await send('POST', `/invoices/${id}/issue`)).toMatchObject({
      status: 409,
      body: { code: 'OUT_OF_STOCK' },
    })
    expect((await send('GET', `/invoices/${id}`)).body.data).toMatchObject({
      status: 'draft',
      number: null,
      version: 1,
    })
    expect([await stockOf(plenty.id), await stockOf(scarce.id)]).toEqual([9, 1])
    const after = await post(`/invoices/${(await draft(plenty.id, 1)).id}/issue`)
    expect(numberOf(after)).toBe(numberOf(before) + 1)
  })

  test('an invoice that is not all right is not there at all', async () => {
    const oil = await product()
    const count = async () => (await send('GET', '/invoices')).body.pagination.total
    const before = await count()
    const usd = await product({ currency: 'USD' })
    const off = await product({ isActive: false })
    const answer = await send('POST', '/invoices', {
      clientId: 999_999,
      currency: 'EUR',
      dueOn: '2026-03-31',
      items: [oil.id, usd.id, off.id, 999_999].map((productId) => ({ productId, quantity: 1 })),
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } })
    expect(
      answer.body.issues.map(({ path, code }: { path: string[]; code: string }) => [path.join('.'), code]),
    ).toEqual([
      ['clientId', 'UNKNOWN_CLIENT'],
      ['items.1.productId', 'CURRENCY'],
      ['items.2.productId', 'UNKNOWN_PRODUCT'],
      ['items.3.productId', 'UNKNOWN_PRODUCT'],
    ])
    const dear = await product({ priceCents: 1_000_000_000 })
    await expect(draft(dear.id, 3)).rejects.toThrow('"TOTAL"')
    expect(await count()).toBe(before)
  })

  test('a draft is changed and priced anew, and deleted with its items', async () => {
    const [oil, pen] = [await product(), await product({ name: 'Pen', priceCents: 350 })]
    const { id } = await draft(oil.id, 1)
    expect((await patch(id, { dueOn: '2026-04-30' })).body.data).toMatchObject({
      dueOn: '2026-04-30',
      totalCents: 1290,
      version: 2,
      items: [{ productId: oil.id }],
    })
    const items = [{ productId: pen.id, quantity: 2 }]
    const changed = (await patch(id, { items })).body.data
    expect(changed).toMatchObject({ dueOn: '2026-04-30', totalCents: 700, version: 3 })
    expect(changed.items).toEqual([
      expect.objectContaining({ productId: pen.id, description: 'Pen', totalCents: 700 }),
    ])
    await send('PATCH', `/products/${pen.id}`, { priceCents: 400 })
    expect((await patch(id, { clientId: client.id })).body.data.totalCents).toBe(800)
    expect((await patch(id, { currency: 'USD' })).status).toBe(422)

    expect((await send('DELETE', `/invoices/${id}`)).status).toBe(204)
    expect((await send('GET', `/invoices/${id}`)).status).toBe(404)
  })

  test('only drafts are changed and deleted', async () => {
    const oil = await product()
    const { id } = await draft(oil.id, 1)
    await post(`/invoices/${id}/issue`)
    const refused = { status: 409, body: { code: 'INVOICE_STATE' } }
    expect(await patch(id, { dueOn: '2026-04-30' })).toMatchObject(refused)
    expect(await patch(id, {})).toMatchObject(refused)
    expect(await send('DELETE', `/invoices/${id}`)).toMatchObject(refused)
  })

  test('an invoice is sent again when its client has changed, which is no change of its version', async () => {
    const { id, clientId } = await draft((await product()).id, 1)
    await send('PATCH', `/clients/${clientId}`, { city: 'Graz' })
    const again = await send('GET', `/invoices/${id}`, undefined, { 'if-none-match': '"1"' })
    expect(again).toMatchObject({ status: 200, body: { data: { client: { city: 'Graz' } } } })
  })

  test('a draft is changed and deleted only as it was seen', async () => {
    const { id } = await draft((await product()).id, 1)
    const change = (tag: string) =>
      send('PATCH', `/invoices/${id}`, { dueOn: '2026-04-30' }, { 'if-match': tag })
    const seen = await send('GET', `/invoices/${id}`)
    expect(seen.headers.get('etag')).toBe('"1"')
    const first = await change('"1"')
    expect([first.status, first.headers.get('etag'), first.body.data.version]).toEqual([200, '"2"', 2])
    expect(await change('"1"')).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } })
    expect(await change('*')).toMatchObject({ status: 200, body: { data: { version: 3 } } })
    expect(await change('2')).toMatchObject({ status: 400, body: { code: 'IF_MATCH_INVALID' } })
    expect(await send('PATCH', `/invoices/${id}`, {})).toMatchObject({
      status: 428,
      body: { code: 'PRECONDITION_REQUIRED' },
    })
    const twice = await Promise.all([change('"3"'), change('"3"')])
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 412])
    expect((await send('DELETE', `/invoices/${id}`, undefined, { 'if-match': '"3"' })).status).toBe(412)
    expect((await send('DELETE', `/invoices/${id}`, undefined, { 'if-match': '"4"' })).status).toBe(204)
  })

  test('a payment that is sent again with its key happens once, and is answered the same', async () => {
    const { id } = await draft((await product()).id, 1)
    const twice = (path: string, key: string, body?: object) =>
      times(2, () => send('POST', path, body, { 'idempotency-key': key }))
    expect((await twice(`/invoices/${id}/issue`, `issue-${id}`)).map(({ status }) => status)).toEqual([
      200, 200,
    ])
    const [first, again] = await twice(`/invoices/${id}/pay`, `pay-${id}`)
    expect(first?.body).toEqual(again?.body)
    const client = { name: 'Twin', email: 'twin@example.com' }
    const [one, other] = await twice('/clients', 'twin', client)
    expect([one?.status, other?.status]).toEqual([201, 201])
    expect(one?.body.data.id).toBe(other?.body.data.id)
    expect(
      await send('POST', '/clients', { ...client, name: 'Other' }, { 'idempotency-key': 'twin' }),
    ).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } })
  })

  test('what happened, and why it did not, is said in the caller’s language', async () => {
    const [scarce, { id }] = [await product({ sku: 'RAR', stock: 1 }), await draft((await product()).id, 1)]
    const say = async (path: string, language: string) =>
      (await send('POST', path, undefined, { 'accept-language': language })).body.message
    expect(await say(`/invoices/${id}/pay`, 'de')).toBe('Die Rechnung ist noch nicht gestellt')
    expect(await say(`/invoices/${id}/issue`, 'es')).toMatch(/^La factura \d{4}-\d{5} se ha emitido$/)
    expect(await say(`/invoices/${id}/issue`, 'fr')).toBe('The invoice is no longer a draft')
    const paid = await send('POST', `/invoices/${id}/pay`, undefined, {
      'accept-language': 'es',
      cookie: 'locale=de',
    })
    expect(paid.body.message).toMatch(/^Rechnung .* ist bezahlt$/)
    expect(await say(`/invoices/${id}/pay`, 'es')).toBe('La factura ya está pagada')
    const dear = await draft(scarce.id, 1501)
    expect(await say(`/invoices/${dear.id}/issue`, 'de')).toBe('1.500 RAR fehlen im Lager')

    const json = {
      clientId: 999_999,
      currency: 'EUR',
      dueOn: '2026-03-31',
      items: [{ productId: 1, quantity: 1 }],
    }
    const refused = await send('POST', '/invoices', json, { 'accept-language': 'de-AT' })
    expect(refused.headers.get('content-language')).toBe('de')
    expect(refused.body).toMatchObject({
      message: 'Die Eingabe ist ungültig',
      errors: { clientId: ['Diesen Kunden gibt es nicht'] },
    })
    const invalid = await send('POST', '/invoices', { currency: 'euro' }, { 'accept-language': 'es' })
    expect(invalid.body.errors).toMatchObject({
      clientId: ['Es obligatorio'],
      currency: ['Deben ser las tres letras de una moneda, como EUR'],
    })
    const unknown = await send('GET', '/invoices?page=x', undefined, { 'accept-language': 'de' })
    expect(unknown.body.errors.page).toEqual([expect.stringMatching(/^Muss eine ganze Zahl/)])
  })

  test('a list is filtered, sorted and paged', async () => {
    const oil = await product({ priceCents: 100, stock: 100 })
    const bea = await post('/clients', { name: 'Bea Cruz', email: 'bea@example.com' })
    const clientId = bea.id
    const ids: number[] = []
    for (const [at, dueOn] of ['2031-01-01', '2031-01-03', '2031-01-02'].entries())
      ids.push((await draft(oil.id, at + 1, { clientId, dueOn })).id)
    await post(`/invoices/${ids[1]}/issue`)
    await post(`/invoices/${ids[2]}/issue`)
    await post(`/invoices/${ids[2]}/pay`)
    const list = async (query: string) =>
      (await send('GET', `/invoices?filter[clientId]=${clientId}&${query}`)).body
    const order = async (query: string) =>
      (await list(query)).data.map(({ id }: { id: number }) => ids.indexOf(id))

    expect(await order('sort=dueOn')).toEqual([0, 2, 1])
    expect(await order('sort=-totalCents')).toEqual([2, 1, 0])
    expect(await order('sort=number')).toEqual([0, 1, 2])
    expect(await order('sort=-createdAt')).toEqual([2, 1, 0])
    expect(await order('filter[status]=paid')).toEqual([2])
    expect(await order('filter[status__in]=paid,draft&sort=dueOn')).toEqual([0, 2])
    expect(await order('filter[dueOn__gte]=2031-01-02&filter[dueOn__lte]=2031-01-02')).toEqual([2])
    expect(await order('filter[totalCents__gte]=200&filter[totalCents__lte]=200')).toEqual([1])
    expect(await order('filter[client__name__icontains]=CRUZ&sort=dueOn')).toEqual([0, 2, 1])
    expect(await order('filter[client__name__icontains]=ada')).toEqual([])
    const page = await list('sort=dueOn&perPage=2&page=2')
    expect(page.pagination).toMatchObject({ page: 2, total: 3, totalPages: 2, hasNext: false })
    expect(page.data[0]).not.toHaveProperty('items')
    expect(page.data[0]).not.toHaveProperty('client')
    const [whole] = (await list('sort=dueOn&include=client,items')).data
    expect(whole).toMatchObject({ client: { name: 'Bea Cruz' }, items: [{ productId: oil.id, quantity: 1 }] })
    expect((await list('include=items')).data[0]).not.toHaveProperty('client')

    const walked: number[] = []
    let cursor = ''
    do {
      const step = await list(`sort=-dueOn&perPage=1&include=items&cursor=${cursor}`)
      expect(step.data).toHaveLength(1)
      expect(step.data[0].items).toHaveLength(1)
      walked.push(ids.indexOf(step.data[0].id))
      cursor = step.pagination.nextCursor
    } while (cursor !== null)
    expect(walked).toEqual([1, 2, 0])
    expect(await send('GET', '/invoices?cursor=x')).toMatchObject({
      status: 422,
      body: { code: 'CURSOR_INVALID' },
    })
    expect(await send('GET', '/invoices?cursor=&page=1')).toMatchObject({ status: 422 })
    expect(await send('GET', '/invoices?include=invoices')).toMatchObject({ status: 422 })
  })

  test('a hundred issue at once, while others draft, change products and read: no number is left out, no stock negative', async () => {
    const [oil, pen] = [await product({ stock: 100 }), await product({ stock: 1000 })]
    const drafts = await times(110, (at) =>
      draft(oil.id, 1, {
        items: (at % 2 ? [oil, pen] : [pen, oil]).map(({ id }) => ({ productId: id, quantity: 1 })),
      }),
    )
    const start = numberOf(await post(`/invoices/${(await draft(pen.id, 1)).id}/issue`))
    const [answers] = await Promise.all([
      times(110, (at) => send('POST', `/invoices/${drafts[at].id}/issue`)),
      times(10, () => draft(oil.id, 1)),
      times(10, async (at) => {
        const { status } = await send('PATCH', `/products/${oil.id}`, { description: `No. ${at}` })
        expect(status).toBe(200)
      }),
      times(10, async () => {
        expect((await send('GET', '/invoices?include=items&perPage=5')).status).toBe(200)
      }),
    ])
    expect([tally(answers, 200), tally(answers, 409)]).toEqual([100, 10])
    const issued = answers.filter(({ status }) => status === 200)
    const numbers = issued.map(({ body }) => numberOf(body.data)).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, at) => start + 1 + at))
    expect([await stockOf(oil.id), await stockOf(pen.id)]).toEqual([0, 899])
  })

  test('of twenty who issue, pay, void or delete one invoice at once, one succeeds', async () => {
    const oil = await product({ stock: 10 })
    const { id } = await draft(oil.id, 1)
    const once = async (method: string, path: string) =>
      (await times(20, () => send(method, path))).map(({ status }) => status).sort()
    const conflicts = Array(19).fill(409)
    expect(await once('POST', `/invoices/${id}/issue`)).toEqual([200, ...conflicts])
    expect(await stockOf(oil.id)).toBe(9)
    expect(await once('POST', `/invoices/${id}/pay`)).toEqual([200, ...conflicts])
    const told = running.lines.filter(
      ({ msg, invoiceId }) => msg === 'An invoice has been paid' && invoiceId === id,
    )
    expect(told).toHaveLength(1)
    const other = await draft(oil.id, 1)
    await post(`/invoices/${other.id}/issue`)
    expect(await once('POST', `/invoices/${other.id}/void`)).toEqual([200, ...conflicts])
    expect(await stockOf(oil.id)).toBe(9)
    const third = await draft(oil.id, 1)
    const deleted = await once('DELETE', `/invoices/${third.id}`)
    expect(deleted.filter((status) => status === 204)).toHaveLength(1)
    expect(deleted.filter((status) => status === 404 || status === 409)).toHaveLength(19)
  })

  test('an invoice that is changed while it is issued takes from the stock what it says', async () => {
    const [oil, pen] = [await product({ stock: 100 }), await product({ stock: 100 })]
    for (let round = 0; round < 10; round++) {
      const { id } = await draft(oil.id, 1)
      const [patched, issued] = await Promise.all([
        send(
          'PATCH',
          `/invoices/${id}`,
          { items: [{ productId: pen.id, quantity: 1 }] },
          { 'if-match': '"1"' },
        ),
        send('POST', `/invoices/${id}/issue`),
      ])
      expect(issued.status).toBe(200)
      expect([200, 409, 412]).toContain(patched.status)
    }
    const { data } = (await send('GET', '/invoices?perPage=10&sort=-createdAt&include=items')).body
    const items = data.flatMap((invoice: { items: { productId: number }[] }) => invoice.items)
    const sold = (id: number) =>
      items.filter(({ productId }: { productId: number }) => productId === id).length
    expect([await stockOf(oil.id), await stockOf(pen.id)]).toEqual([100 - sold(oil.id), 100 - sold(pen.id)])
  })

  test.each([
    ['POST', '/invoices', {}, 422],
    ['POST', '/invoices', { clientId: 1, currency: 'EUR', dueOn: '2026-02-30', items: [] }, 422],
    ['POST', '/invoices', { clientId: 1, currency: 'EUR', dueOn: '2026-02-28', items: [], number: 'x' }, 422],
    ['PATCH', '/invoices/1', { status: 'paid' }, 422],
    ['PATCH', '/invoices/1', { totalCents: 1 }, 422],
    ['PATCH', '/invoices/1', { items: [{ productId: 1, quantity: 0 }] }, 422],
    ['PATCH', '/invoices/1', { items: [{ productId: 1, quantity: 1, unitPriceCents: 1 }] }, 422],
    ['PATCH', '/invoices/1', {}, 428],
    ['DELETE', '/invoices/999999', undefined, 404],
    ['POST', '/invoices/999999/issue', undefined, 404],
    ['POST', '/invoices/x/issue', undefined, 422],
    ['GET', '/invoices?filter[status]=sent', undefined, 422],
    ['GET', '/invoices?sort=status', undefined, 422],
  ])('%s %s %j is %i', async (method, path, body, status) => {
    expect(await send(method, path, body)).toMatchObject({ status, body: { success: false } })
  })

  test('nothing of all this was our fault', () => {
    expect(running.lines.filter(({ level }) => level >= 50)).toEqual([])
  })
})

function numberOf({ number }: { number: string }): number {
  return Number(number.slice(5))
}
