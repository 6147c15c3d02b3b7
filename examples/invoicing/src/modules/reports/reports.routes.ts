import { ok } from '@fastkit/http/hono'
import { describe } from '@fastkit/http/openapi'
import { validated } from '@fastkit/validation/hono'
import { Hono } from 'hono'
import { RevenueQuery, RevenueResponse } from './reports.model.ts'
import type { ReportService } from './reports.service.ts'

export function reportRoutes({ reports }: { reports: ReportService }) {
  return new Hono().get(
    '/revenue',
    describe({ summary: 'What the invoices issued in a year come to', ok: RevenueResponse }),
    validated('query', RevenueQuery),
    async (c) => ok(c, await reports.revenue(c.req.valid('query').year)),
  )
}
