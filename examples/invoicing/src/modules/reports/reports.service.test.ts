import { createCache, memoryStore } from '@fastkit/cache'
import { expect, test } from 'vitest'
import type { DaySum } from './reports.model.ts'
import { ReportService } from './reports.service.ts'

const day = (issuedOn: string, currency: string, status: 'issued' | 'paid', totalCents: number): DaySum => ({
  issuedOn: new Date(issuedOn),
  currency,
  status,
  totalCents,
})

test('the days of a year are summed up by month and currency, and asked for once', async () => {
  const asked: string[][] = []
  const reports = new ReportService({
    reports: {
      async sumsByDay(from, before) {
        asked.push([from.toISOString(), before.toISOString()])
        return [
          day('2026-01-01', 'EUR', 'paid', 1),
          day('2026-01-31', 'EUR', 'issued', 20),
          day('2026-01-31', 'EUR', 'paid', 300),
          day('2026-01-31', 'USD', 'issued', 4000),
          day('2026-12-31', 'EUR', 'paid', 50_000),
        ]
      },
    },
    cache: createCache(memoryStore()),
  })
  const report = await reports.revenue(2026)
  expect(report).toEqual({
    year: 2026,
    months: [
      { month: 1, currency: 'EUR', paidCents: 301, openCents: 20 },
      { month: 1, currency: 'USD', paidCents: 0, openCents: 4000 },
      { month: 12, currency: 'EUR', paidCents: 50_000, openCents: 0 },
    ],
  })
  expect(await reports.revenue(2026)).toEqual(report)
  expect(asked).toEqual([['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']])
  await reports.dropRevenue()
  await reports.revenue(2026)
  expect(asked).toHaveLength(2)
})
