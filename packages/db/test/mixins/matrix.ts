import { inject } from 'vitest'
import type { Cell } from './cells.ts'
import type { Comparing } from './comparing.ts'

/** One cell in so many, another one each time, and the same ones for the same seed. */
export function some(cells: readonly Cell[], every: number): Cell[] {
  return cells.filter((_, at) => at % every === inject('seed') % every)
}

/** What the reads show of deleted rows. */
export async function leaksOfReads({ read }: Comparing, cells: readonly Cell[]): Promise<string[]> {
  const leaks: string[] = []
  for (const cell of cells) {
    const leak = await read(cell)
    if (leak !== undefined) leaks.push(leak)
  }
  return leaks
}

/** What the writes do to deleted rows, in `uow.run` and in `$transaction` by turns. */
export async function leaksOfWrites({ write }: Comparing, cells: readonly Cell[]): Promise<string[]> {
  const leaks: string[] = []
  for (const [at, cell] of cells.entries()) {
    const leak = await write(cell, at % 2 === 0 ? 'run' : 'transaction')
    if (leak !== undefined) leaks.push(leak)
  }
  return leaks
}
