import { mixins } from '../../src/mixins/mixins.ts'
import { adapterFor } from '../adapters.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'

// What an application's own module looks like: clients, other things, and something that keeps the process alive.
const base = new PrismaClient({ adapter: adapterFor('sqlite', 'file::memory:') })

export const prisma = base.$extends(mixins({ author: { softDelete: true } }))
export const archive = base.$extends(mixins({ book: { softDelete: { field: 'removedAt' } } }))
export const alive: ReturnType<typeof setInterval> = setInterval(() => {}, 1000)
export { prisma as default }
