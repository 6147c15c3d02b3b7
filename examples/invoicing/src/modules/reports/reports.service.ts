import { type Cache, type Cached, cached } from '@fastkit/cache'
import type { DaySum, RevenueResponse } from './reports.model.ts'

/** What the service needs of its data. */
export interface Reports {
  /** What was issued from one day on, and before another, in the order of the days and currencies. */
  sumsByDay(from: Date, before: Date): Promise<DaySum[]>
}

export interface ReportDeps {
  readonly reports: Reports
  readonly cache: Cache
}

/** What the invoices come to. */
export class ReportService {
  /** Kept for an hour, unless it is dropped before. */
  readonly revenue: Cached<unknown, [year: number], RevenueResponse>
  private readonly deps: ReportDeps

  constructor(deps: ReportDeps) {
    this.deps = deps
    const { cache } = deps
    this.revenue = cached({ cache, name: 'reports.revenue', ttl: '1h', tags: ['revenue'] })((year: number) =>
      this.sumUp(year),
    )
  }

  /** Has all years summed up anew, when somebody asks for them. */
  async dropRevenue(): Promise<void> {
    await this.deps.cache.invalidateTags(['revenue'])
  }

  private async sumUp(year: number): Promise<RevenueResponse> {
    const days = await this.deps.reports.sumsByDay(firstDay(year), firstDay(year + 1))
    const months = new Map<string, RevenueResponse['months'][number]>()
    for (const { issuedOn, currency, status, totalCents } of days) {
      const month = issuedOn.getUTCMonth() + 1
      const key = `${month} ${currency}`
      const sum = months.get(key) ?? { month, currency, paidCents: 0, openCents: 0 }
      sum[status === 'paid' ? 'paidCents' : 'openCents'] += totalCents
      months.set(key, sum)
    }
    return { year, months: [...months.values()] }
  }
}

function firstDay(year: number): Date {
  return new Date(Date.UTC(year, 0, 1))
}
