import { effectCases } from './effect-cases.ts'
import { transactionCases } from './transaction-cases.ts'
import type { UnitOfWorkCase } from './unit-of-work-fixture.ts'

/**
 * What every unit of work promises, whatever it is over. Runs under any test runner:
 * `for (const { name, run } of unitOfWorkContract) test(name, async () => run(await fixture()))`.
 */
export const unitOfWorkContract: readonly UnitOfWorkCase[] = [...transactionCases, ...effectCases]
