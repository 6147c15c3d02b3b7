import { expect, test } from 'vitest'
import type { StoreChange } from '../shared-store.ts'
import { everything } from './change.ts'
import { createDebts } from './debts.ts'

test('what is cleared while an earlier clear is being made up for is made up for, too', async () => {
  const applied: StoreChange[] = []
  const debts = createDebts(async (change) => {
    applied.push(change)
    if (applied.length === 1) debts.add(everything)
  })
  debts.add(everything)
  expect(await debts.pay()).toBe(true)
  debts.close()
  expect([applied, debts.owing()]).toEqual([[everything, everything], false])
})
