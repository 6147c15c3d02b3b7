import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providers } from '../../../test/databases.ts'
import { type RunningApp, runApp } from '../../../test/running-app.ts'

describe.each(providers)('over a socket, on %s', (provider) => {
  let running: RunningApp
  const send: RunningApp['send'] = (...request) => running.send(...request)

  beforeAll(async () => {
    running = await runApp(provider)
  })
  afterAll(() => running?.stop())

  let last = 0
  const create = async (fields: object = {}) => {
    const product = { sku: `SKU-${++last}`, name: 'Olive oil', priceCents: 1290, currency: 'EUR', ...fields }
    const { status, body } = await send('POST', '/products', product)
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body.data
  }

  test('a product is created, read, changed, deleted and restored', async () => {
    const oil = await create({ sku: 'OIL', name: 'Olive oil, extra' })
    expect(oil).toEqual({
      id: expect.any(Number),
      sku: 'OIL',
      slug: 'olive-oil-extra',
      name: 'Olive oil, extra',
      description: null,
      priceCents: 1290,
      currency: 'EUR',
      stock: 0,
      isActive: true,
      createdAt: expect.any(String),
      updatedAt: oil.createdAt,
    })
    const path = `/products/${oil.id}`
    expect(await send('GET', path)).toMatchObject({ status: 200, body: { data: oil } })
    expect(await send('PATCH', path, { priceCents: 990, name: 'Oil' })).toMatchObject({
      status: 200,
      body: { data: { priceCents: 990, name: 'Oil', slug: 'olive-oil-extra' } },
    })
    expect(await send('DELETE', path)).toMatchObject({ status: 204 })
    expect(await send('GET', path)).toMatchObject({ status: 404 })
    expect(await send('GET', '/products/by-slug/olive-oil-extra')).toMatchObject({
      status: 404,
      body: { code: 'PRODUCT_NOT_FOUND' },
    })
    expect(await send('POST', `${path}/restore`)).toMatchObject({
      status: 200,
      body: { data: { id: oil.id } },
    })
    expect(await send('GET', path)).toMatchObject({ status: 200 })
  })

  test('products of one name have slugs of their own, and are found by them', async () => {
    const [first, second] = [await create({ name: 'Vase' }), await create({ name: 'Vase' })]
    expect([first.slug, second.slug]).toEqual(['vase', 'vase-2'])
    expect((await send('GET', '/products/by-slug/vase-2')).body.data.id).toBe(second.id)
    expect((await send('GET', '/products/by-slug/nothing')).status).toBe(404)
  })

  test('an article number is taken once, until its product is deleted', async () => {
    const first = await create({ sku: 'ONE' })
    const again = { sku: 'ONE', name: 'Two', priceCents: 1, currency: 'EUR' }
    expect(await send('POST', '/products', again)).toMatchObject({
      status: 409,
      body: { code: 'UNIQUE_VIOLATION', errors: { sku: [expect.any(String)] } },
    })
    await send('DELETE', `/products/${first.id}`)
    expect(await send('POST', '/products', again)).toMatchObject({ status: 201 })
    expect(await send('POST', `/products/${first.id}/restore`)).toMatchObject({
      status: 409,
      body: { code: 'UNIQUE_VIOLATION' },
    })
  })

  test('each language has its texts, and borrows those it lacks', async () => {
    const { id } = await create({ name: 'Pencil', description: 'It writes' })
    const put = (locale: string, texts: object) =>
      send('PUT', `/products/${id}/translations/${locale}`, texts)
    expect(await put('de', { name: 'Bleistift', description: 'Er schreibt' })).toMatchObject({ status: 200 })
    expect(await put('es', { name: 'Lápiz' })).toMatchObject({
      body: {
        data: {
          en: { name: 'Pencil', description: 'It writes' },
          de: { name: 'Bleistift', description: 'Er schreibt' },
          es: { name: 'Lápiz', description: null },
        },
      },
    })
    await put('de', { name: 'Stift' })
    expect((await send('GET', `/products/${id}/translations`)).body.data.de).toEqual({
      name: 'Stift',
      description: null,
    })
  })

  test('texts are written, read, filtered and sorted in the caller’s language', async () => {
    const de = { 'accept-language': 'de' }
    const { id, slug } = (
      await send('POST', '/products', { sku: 'Y1', name: 'Yak-Öl', priceCents: 1, currency: 'EUR' }, de)
    ).body.data
    expect(slug).toBe('yak-ol')
    expect((await send('GET', `/products/${id}/translations`)).body.data).toEqual({
      de: { name: 'Yak-Öl', description: null },
    })
    expect((await send('GET', `/products/${id}`)).body.data.name).toBe('Yak-Öl')
    await send('PATCH', `/products/${id}`, { name: 'Xylophone' }, { 'accept-language': 'en' })
    await create({ name: 'Yellow', sku: 'Y2' })
    const names = async (query: string, language: string) => {
      const { body, headers } = await send('GET', `/products?${query}`, undefined, {
        'accept-language': language,
      })
      expect(headers.get('content-language')).toBe(language)
      return body.data.map(({ name }: { name: string }) => name)
    }
    expect(await names('filter[name__startswith]=Y', 'en')).toEqual(['Yellow'])
    expect(await names('filter[name__startswith]=Y&sort=name', 'de')).toEqual(['Yak-Öl', 'Yellow'])
    expect(await names('filter[name__startswith]=X', 'es')).toEqual(['Xylophone'])
  })

  test('two editors of two languages keep each other’s texts', async () => {
    const { id } = await create()
    await Promise.all([
      send('PUT', `/products/${id}/translations/de`, { name: 'Öl' }),
      send('PUT', `/products/${id}/translations/es`, { name: 'Aceite' }),
    ])
    expect((await send('GET', `/products/${id}/translations`)).body.data).toMatchObject({
      en: { name: 'Olive oil' },
      de: { name: 'Öl' },
      es: { name: 'Aceite' },
    })
  })

  test('a list is filtered, sorted and paged', async () => {
    for (const [name, priceCents, isActive] of [
      ['Zander', 500, true],
      ['Zebra', 300, true],
      ['Zirkel', 400, false],
    ] as const)
      await create({ name, priceCents, isActive, sku: `Z-${name}` })
    const names = async (query: string) =>
      (await send('GET', `/products?${query}`)).body.data.map(({ name }: { name: string }) => name)

    expect(await names('filter[name__startswith]=Z&sort=name')).toEqual(['Zander', 'Zebra', 'Zirkel'])
    expect(await names('filter[name__startswith]=Z&sort=-priceCents')).toEqual(['Zander', 'Zirkel', 'Zebra'])
    expect(await names('filter[name__startswith]=Z&filter[isActive]=false')).toEqual(['Zirkel'])
    expect(await names('filter[name__icontains]=EBR')).toEqual(['Zebra'])
    expect(await names('filter[name__contains]=EBR')).toEqual([])
    expect(await names('filter[name]=Zebra')).toEqual(['Zebra'])
    expect(await names('filter[sku]=Z-Zander')).toEqual(['Zander'])
    expect(
      await names(
        'filter[priceCents__gte]=300&filter[priceCents__lte]=400&sort=priceCents&filter[name__startswith]=Z',
      ),
    ).toEqual(['Zebra', 'Zirkel'])

    const walk = async (cursor: string) =>
      (await send('GET', `/products?filter[name__startswith]=Z&sort=-name&perPage=2&cursor=${cursor}`)).body
    const first = await walk('')
    expect(first).toMatchObject({
      data: [{ name: 'Zirkel' }, { name: 'Zebra' }],
      pagination: { hasNext: true },
    })
    expect(await walk(first.pagination.nextCursor)).toMatchObject({
      data: [{ name: 'Zander' }],
      pagination: { hasNext: false, nextCursor: null },
    })
  })

  test.each([
    ['POST', '/products', { name: 'X' }, 422],
    ['POST', '/products', { sku: 'X', name: 'X', priceCents: -1, currency: 'EUR' }, 422],
    ['POST', '/products', { sku: 'X', name: 'X', priceCents: 1.5, currency: 'EUR' }, 422],
    ['POST', '/products', { sku: 'X', name: 'X', priceCents: 1, currency: 'euro' }, 422],
    ['POST', '/products', { sku: 'X', name: 'X', priceCents: 1, currency: 'EUR', stock: -1 }, 422],
    ['POST', '/products', { sku: 'X', name: 'X', priceCents: 1, currency: 'EUR', slug: 'mine' }, 422],
    ['PATCH', '/products/1', { stock: -1 }, 422],
    ['PATCH', '/products/1', { name: null }, 422],
    ['PATCH', '/products/1', { name: { de: 'Öl' } }, 422],
    ['PATCH', '/products/999999', { stock: 1 }, 404],
    ['GET', '/products/999999/translations', undefined, 404],
    ['PUT', '/products/999999/translations/de', { name: 'X' }, 404],
    ['PUT', '/products/1/translations/fr', { name: 'X' }, 422],
    ['PUT', '/products/1/translations/de', { name: '' }, 422],
    ['PUT', '/products/1/translations/de', { description: 'X' }, 422],
    ['GET', '/products?sort=sku', undefined, 422],
    ['GET', '/products?filter[stock]=1', undefined, 422],
    ['GET', '/products?filter[slug]=vase', undefined, 422],
  ])('%s %s %j is %i', async (method, path, body, status) => {
    expect(await send(method, path, body)).toMatchObject({ status, body: { success: false } })
  })

  test('nothing of all this was our fault', () => {
    expect(running.lines.filter(({ level }) => level >= 50)).toEqual([])
  })
})
