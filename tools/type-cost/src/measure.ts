import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Compiler } from './compilers.ts'

export interface Cost {
  readonly instantiations: number
  readonly types: number
  readonly checkMs: number
}

/** Compiles a program once. @throws Error with the compiler's messages when the program does not compile */
export async function measure({ tsc, flags }: Compiler, folder: string, program: string): Promise<Cost> {
  const project = join(folder, `${program}.json`)
  const options = [tsc, '-p', project, '--noEmit', '--extendedDiagnostics', '--pretty', 'false', ...flags]
  try {
    return costOf((await promisify(execFile)(process.execPath, options)).stdout)
  } catch (error) {
    throw new Error(`${program} does not compile:\n${(error as { stdout?: string }).stdout ?? error}`, {
      cause: error,
    })
  }
}

/** The counters are the same in every run; the time is the median. */
export function median(costs: readonly Cost[]): Cost {
  const sorted = costs.toSorted((a, b) => a.checkMs - b.checkMs)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new Error('Nothing was measured')
  return middle
}

function costOf(diagnostics: string): Cost {
  const read = (label: string): number => {
    const found = new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(diagnostics)?.[1]
    if (found === undefined) throw new Error(`The compiler did not print "${label}":\n${diagnostics}`)
    return Number(found)
  }
  return {
    instantiations: read('Instantiations'),
    types: read('Types'),
    checkMs: Math.round(read('Check time') * 1000),
  }
}
