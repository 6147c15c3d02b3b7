import fc from 'fast-check'
import { type Cell, writeCells } from './cells.ts'
import type { Comparing } from './comparing.ts'
import { libraryWorld } from './world.ts'

export interface Histories {
  readonly seed: number
  readonly runs: number
  readonly steps: number
}

/** Random writes, one after the other: what they leave behind is the same where deleted rows are hidden or gone. */
export async function sameHistories(both: Comparing, { seed, runs, steps }: Histories): Promise<void> {
  const cells = writeCells(both.metadata).filter((cell) => !upsertsDeep(cell))
  const history = fc.array(fc.nat(cells.length - 1), { minLength: steps, maxLength: steps })
  await fc.assert(
    fc.asyncProperty(history, async (chosen) => {
      await both.fill(libraryWorld(both.metadata))
      for (const [at, index] of chosen.entries()) {
        const difference = await both.commit(fresh(cells[index] as Cell, at))
        if (difference !== undefined) throw new Error(difference)
      }
    }),
    { seed, numRuns: runs, endOnFailure: true },
  )
}

/** Prisma fails to create by such a write, when the key is not on the other side: a named limit. */
function upsertsDeep({ args }: Cell): boolean {
  return Object.values((args['data'] ?? {}) as object).some((writes) =>
    /"(account|article|author|boss|editor|parent)":\{"upsert"/.test(JSON.stringify(writes)),
  )
}

/** The same write with keys of its own for what it creates: those of deleted rows are still taken. */
function fresh(cell: Cell, at: number): Cell {
  return { ...cell, args: renamed(cell.args) as Cell['args'] }

  function renamed(value: unknown): unknown {
    if (value === 100) return 1000 + at
    if (value === 'new') return `new ${at}`
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renamed(inner)]))
  }
}
