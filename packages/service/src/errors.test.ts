import { expect, test } from 'vitest'
import { conflict, forbidden, invalid, notFound } from './errors.ts'

test.each([
  ['Invoice', 'INVOICE_NOT_FOUND'],
  ['InvoiceItem', 'INVOICE_ITEM_NOT_FOUND'],
  ['invoice item', 'INVOICE_ITEM_NOT_FOUND'],
])('notFound(%j) has code %s', (entity, code) => {
  expect(notFound(entity, 7)).toMatchObject({
    code,
    kind: 'not_found',
    params: { entity, key: 7 },
    message: `There is no ${entity} 7`,
  })
})

test('without a key none is mentioned', () => {
  expect(notFound('Invoice')).toMatchObject({
    message: 'There is no such Invoice',
    params: { entity: 'Invoice' },
  })
})

test('the others carry what they were given', () => {
  const cause = new Error('why')
  expect(conflict('INVOICE_STATE', 'No', { cause, params: { state: 'paid' } })).toMatchObject({
    code: 'INVOICE_STATE',
    kind: 'conflict',
    message: 'No',
    cause,
    params: { state: 'paid' },
  })
  expect(forbidden('No')).toMatchObject({ code: 'FORBIDDEN', kind: 'forbidden' })
  expect(invalid([])).toMatchObject({ code: 'VALIDATION_FAILED', kind: 'invalid', issues: [] })
})

test('they are recognised by a brand that JSON cannot forge', () => {
  const error = forbidden('No') as Error & { [brand]?: number }
  expect(error[brand]).toBe(1)
  expect(JSON.parse(JSON.stringify(error))[brand]).toBeUndefined()
})

const brand = Symbol.for('fastkit.error')
