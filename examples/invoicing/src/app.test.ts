import { ApiError, unwrap, type WithErrors } from '@fastkit/http/client'
import { Validator } from '@seriousme/openapi-schema-validator'
import { hc } from 'hono/client'
import { expect, expectTypeOf, test } from 'vitest'
import { type App, runApp } from '../test/running-app.ts'

test('a client in TypeScript knows every answer, and throws what is refused', async () => {
  const running = await runApp('sqlite')
  try {
    const api = hc<WithErrors<App>>(running.url)
    const ada = await unwrap(api.clients.$post({ json: { name: 'Ada', email: 'ada@example.com' } }))
    const oil = await unwrap(
      api.products.$post({ json: { sku: 'OIL', name: 'Oil', priceCents: 1290, currency: 'EUR', stock: 2 } }),
    )
    const items = [{ productId: oil.id, quantity: 2 }]
    const draft = await unwrap(
      api.invoices.$post({ json: { clientId: ada.id, currency: 'EUR', dueOn: '2026-03-31', items } }),
    )
    expectTypeOf(draft.status).toEqualTypeOf<'draft' | 'issued' | 'paid' | 'void'>()
    expectTypeOf(draft.issuedOn).toEqualTypeOf<string | null>()
    const param = { id: String(draft.id) }
    const { number } = await unwrap(api.invoices[':id'].issue.$post({ param }))
    expect(number).toMatch(/^\d{4}-\d{5}$/)

    const again = unwrap(api.invoices[':id'].issue.$post({ param }))
    await expect(again).rejects.toThrow(ApiError)
    await expect(again).rejects.toMatchObject({ status: 409, code: 'INVOICE_STATE' })

    const page = await unwrap(
      api.invoices.$get({ query: { 'filter[clientId]': String(ada.id), include: 'items' } }),
    )
    expect(page.items[0]?.items?.[0]?.totalCents).toBe(2580)
    // @ts-expect-error a filter there is not
    const strange = await api.invoices.$get({ query: { 'filter[number]': '1' } })
    expect(strange.status).toBe(422)
  } finally {
    await running.stop()
  }
})

test('a body that is refused is refused in the caller’s language', async () => {
  const running = await runApp('sqlite')
  const bodies: [type: string, body: string, message: RegExp][] = [
    ['application/json', JSON.stringify('x'.repeat(200_000)), /zu groß$/],
    ['application/json', '{"name"', /kein lesbares JSON$/],
    ['text/plain', 'Ada', /^Dieser Inhaltstyp/],
  ]
  try {
    for (const [type, body, message] of bodies) {
      const response = await fetch(`${running.url}/clients`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, 'accept-language': 'de' },
      })
      expect(((await response.json()) as { message: string }).message).toMatch(message)
      expect(response.headers.get('content-language')).toBe('de')
      expect(response.headers.get('vary')).toMatch(/accept-language/i)
    }
  } finally {
    await running.stop()
  }
})

test('the API is described, and there is a page to try it', async () => {
  const running = await runApp('sqlite')
  try {
    const { body } = await running.send('GET', '/openapi.json')
    const { valid, errors } = await new Validator().validate(structuredClone(body))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(operations.sort()).toEqual([
      'DELETE /clients/{id}',
      'DELETE /invoices/{id}',
      'DELETE /products/{id}',
      'GET /clients',
      'GET /clients/{id}',
      'GET /invoices',
      'GET /invoices/{id}',
      'GET /products',
      'GET /products/by-slug/{slug}',
      'GET /products/{id}',
      'GET /products/{id}/translations',
      'GET /reports/revenue',
      'PATCH /clients/{id}',
      'PATCH /invoices/{id}',
      'PATCH /products/{id}',
      'POST /clients',
      'POST /clients/{id}/restore',
      'POST /invoices',
      'POST /invoices/{id}/issue',
      'POST /invoices/{id}/pay',
      'POST /invoices/{id}/void',
      'POST /products',
      'POST /products/{id}/restore',
      'PUT /products/{id}/translations/{locale}',
    ])
    const page = await fetch(`${running.url}/docs`)
    expect(await page.text()).toContain('docs/swagger-ui-bundle.js')
    const script = await fetch(`${running.url}/docs/swagger-ui-bundle.js`)
    expect([script.status, (await script.text()).length > 100_000]).toEqual([200, true])
  } finally {
    await running.stop()
  }
})
