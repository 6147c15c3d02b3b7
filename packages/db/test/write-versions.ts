import { createUnitOfWork } from '../src/context/unit-of-work.ts'
import { mixins } from '../src/mixins/mixins.ts'
import { createRepository } from '../src/repository/create-repository.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'

const patient = { retries: 100, maxWaitMs: 60_000, timeoutMs: 60_000 }

/** So many writers add one to a row, each with the version it has read, again and again until it was the first. */
export async function writeVersions(
  base: PrismaClient,
  { writers, inRun }: { writers: number; inRun: boolean },
): Promise<{ balance: number; version: number }> {
  const uow = createUnitOfWork(base.$extends(mixins({ account: { version: true } })))
  const accounts = createRepository(uow, 'account')
  const { id } = await accounts.create({ tenantId: 1, code: crypto.randomUUID() })
  await Promise.all(Array.from({ length: writers }, write))
  return accounts.getOrFail(id)

  async function write(): Promise<void> {
    for (let written = false; !written; ) {
      const { balance, version } = await accounts.getOrFail(id)
      const change = () => accounts.update(id, { balance: balance + 1 }, { version })
      written = await (inRun ? uow.run(change, patient) : change()).then(() => true, isConflict)
    }
  }
}

function isConflict(error: { code: string }): boolean {
  if (error.code === 'VERSION_CONFLICT' || error.code === 'DATABASE_BUSY') return false
  throw error
}
