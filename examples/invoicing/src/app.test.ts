import { ApiError, unwrap, type WithErrors } from '@fastkit/http/client'
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
