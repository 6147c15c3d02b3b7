import type { PrismaUnitOfWork } from '@fastkit/db'
import type { Db } from '../../database/open-database.ts'
import type { DaySum } from './reports.model.ts'
import type { Reports } from './reports.service.ts'

/** Sums that the database makes: a query stays Prisma's own where no verb of a repository says it. */
export function reportRepository(unitOfWork: PrismaUnitOfWork<Db>): Reports {
  return {
    async sumsByDay(from, before) {
      const groups = await unitOfWork.client.invoice.groupBy({
        by: ['issuedOn', 'currency', 'status'],
        where: { issuedOn: { gte: from, lt: before }, status: { in: ['issued', 'paid'] } },
        _sum: { totalCents: true },
        orderBy: [{ issuedOn: 'asc' }, { currency: 'asc' }],
      })
      return groups.map(({ _sum, ...group }) => ({ ...group, totalCents: _sum.totalCents ?? 0 }) as DaySum)
    },
  }
}
