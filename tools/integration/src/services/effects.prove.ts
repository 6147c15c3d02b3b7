/** Effects fire once for what was committed and never for what was not, whichever statement of whatever program fails. */
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { openDatabase, providers } from '../../test/services/databases.ts'
import { programs, type Step } from '../../test/services/effects.ts'
import type { Fault } from '../../test/services/faulty-adapter.ts'
import { once, outcomeOf } from '../../test/services/outcome.ts'
import { scenarios } from '../../test/services/scenarios.ts'

test.each(providers)('on %s', async (provider) => {
  const database = await openDatabase(provider)
  const on = { database, direct: database.client() }
  let faults = 0
  const hold = async (fault: Fault, scenario: Parameters<typeof outcomeOf>[2]) => {
    const { rows, fired, reported } = await outcomeOf(on, fault, scenario)
    // MariaDB writes a row and reads it back. When only the reading fails, whoever catches that without a savepoint
    // keeps a row that no call has returned, and of which no effect tells.
    const mayKeepPieces =
      provider === 'mysql' && fault.kind === 'statement' && scenario.program.some(keepsPieces)
    const told = mayKeepPieces ? rows.filter((text) => fired[0]?.some(([of]) => of === text)) : rows
    expect({ ...fault, fired, reported }).toEqual({ ...fault, fired: once(told), reported: [] })
    faults++
  }

  for (const scenario of scenarios) {
    for (const kind of ['statement', 'connection'] as const) {
      for (let at = 1; ; at++) {
        const fault: Fault = { at, kind, count: 0 }
        await hold(fault, scenario)
        if (fault.count < at) break
      }
    }
  }
  const kinds = fc.constantFrom('statement' as const, 'connection' as const)
  const property = fc.asyncProperty(
    programs(),
    fc.nat(1),
    kinds,
    fc.nat(25),
    async (program, collisions, kind, at) => {
      await hold({ at, kind, count: 0 }, { program, collisions })
    },
  )
  await fc.assert(property, { seed: inject('seed'), numRuns: 300 })
  process.stdout.write(`${provider}: ${faults} faults\n`)
  await database.drop()
})

/** Whether code in a transaction goes on after a failure that nothing has undone. */
function keepsPieces(step: Step): boolean {
  return 'steps' in step && ((step.together === 'run' && step.caught) || step.steps.some(keepsPieces))
}
