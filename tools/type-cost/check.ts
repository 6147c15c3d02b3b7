import { join } from 'node:path'
import { type Compiler, typescript7, typescript59 } from './src/compilers.ts'
import { generate } from './src/generate.ts'
import { type Cost, measure, median } from './src/measure.ts'
import { programsOver } from './src/programs.ts'

// node tools/type-cost/check.ts [--full]
const MODELS = 60
const MAX_INSTANTIATIONS = 400_000
const RUNS = 5

const full = process.argv.includes('--full')
const folder = join(import.meta.dirname, '.generated')
const programs = programsOver(MODELS)
const [first, ...others]: [Compiler, ...Compiler[]] = full ? [typescript7(), typescript59()] : [typescript7()]

await generate(folder, MODELS, programs, first)
const problems: string[] = []
for (const compiler of [first, ...others]) {
  const costs = await measureAll(compiler, full ? RUNS : 1)
  print(compiler, costs)
  problems.push(...problemsOf(compiler, costs))
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** Programs take turns, so that a busy moment of the machine hits all of them. */
async function measureAll(compiler: Compiler, runs: number): Promise<Map<string, Cost>> {
  const measured = new Map<string, Cost[]>(programs.map(({ name }) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const [name, costs] of measured) costs.push(await measure(compiler, folder, name))
  }
  return new Map([...measured].map(([name, costs]) => [name, median(costs)]))
}

function problemsOf(compiler: Compiler, costs: Map<string, Cost>): string[] {
  const plain = costOf(costs, 'plain')
  const repository = costOf(costs, 'repository')
  const extraMs = repository.checkMs - plain.checkMs
  const found: string[] = []
  // The budget is in TypeScript 7's counter; 5.9 counts otherwise.
  if (compiler === first && repository.instantiations > MAX_INSTANTIATIONS) {
    found.push(
      `type-cost: ${repository.instantiations} instantiations (TypeScript ${compiler.version}), over ${MAX_INSTANTIATIONS}`,
    )
  }
  if (full && extraMs > compiler.maxExtraMs) {
    found.push(
      `type-cost: ${extraMs} ms longer than plain Prisma (TypeScript ${compiler.version}), over ${compiler.maxExtraMs}`,
    )
  }
  return found
}

function print({ version }: Compiler, costs: Map<string, Cost>): void {
  const plain = costOf(costs, 'plain')
  const signed = (value: number): string => (value > 0 ? `+${value}` : String(value))
  console.log(`TypeScript ${version}, ${MODELS} models`)
  console.log(row('', 'instantiations', 'types', 'check ms', 'Δ instantiations', 'Δ ms'))
  for (const [name, { instantiations, types, checkMs }] of costs) {
    const extra = [signed(instantiations - plain.instantiations), signed(checkMs - plain.checkMs)]
    console.log(row(name, instantiations, types, checkMs, ...extra))
  }
}

function row(name: string, ...cells: readonly (string | number)[]): string {
  return [name.padEnd(12), ...cells.map((cell) => String(cell).padStart(17))].join('')
}

function costOf(costs: Map<string, Cost>, name: string): Cost {
  const cost = costs.get(name)
  if (!cost) throw new Error(`There is no program "${name}"`)
  return cost
}
