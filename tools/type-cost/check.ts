import { join } from 'node:path'
import { type Compiler, typescript7, typescript59 } from './src/compilers.ts'
import { generate } from './src/generate.ts'
import { type Cost, measure, median } from './src/measure.ts'
import { type Program, programsOver } from './src/programs.ts'
import { routePrograms } from './src/routes.ts'

/** Programs that do the same, beside the one without us. */
interface Comparison {
  readonly title: string
  readonly programs: readonly Program[]
  /** The program without us that each is compared with. */
  readonly baselines: Readonly<Record<string, string>>
  /** Instantiations at most, in TypeScript 7's counter; 5.9 counts otherwise. */
  readonly budgets: Readonly<Record<string, number>>
  /** The program whose check time has a budget, too. */
  readonly timed?: string
}

// node tools/type-cost/check.ts [--full]
const MODELS = 60
const ROUTES = 200
const RUNS = 5

const comparisons: readonly Comparison[] = [
  {
    title: `${MODELS} models`,
    programs: programsOver(MODELS),
    baselines: { repository: 'plain', mixins: 'plain' },
    budgets: { repository: 400_000 },
    timed: 'repository',
  },
  {
    title: `${ROUTES} routes`,
    programs: routePrograms(ROUTES),
    baselines: { app: 'hono-app', client: 'hono-client' },
    budgets: { app: 380_000, client: 330_000 },
  },
]

const full = process.argv.includes('--full')
const folder = join(import.meta.dirname, '.generated')
const programs = comparisons.flatMap((comparison) => comparison.programs)
const [first, ...others]: [Compiler, ...Compiler[]] = full ? [typescript7(), typescript59()] : [typescript7()]

await generate(folder, MODELS, programs, first)
const problems: string[] = []
for (const compiler of [first, ...others]) {
  const costs = await measureAll(compiler, full ? RUNS : 1)
  for (const comparison of comparisons) {
    print(comparison, compiler, costs)
    problems.push(...problemsOf(comparison, compiler, costs))
  }
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

function problemsOf(
  { budgets, baselines, timed }: Comparison,
  compiler: Compiler,
  costs: Map<string, Cost>,
): string[] {
  const found: string[] = []
  for (const [name, budget] of Object.entries(budgets)) {
    const { instantiations } = costOf(costs, name)
    if (compiler !== first || instantiations <= budget) continue
    found.push(
      `type-cost: ${name}: ${instantiations} instantiations (TypeScript ${compiler.version}), over ${budget}`,
    )
  }
  if (full && timed !== undefined) {
    const extraMs = costOf(costs, timed).checkMs - costOf(costs, baselines[timed] as string).checkMs
    if (extraMs > compiler.maxExtraMs) {
      found.push(
        `type-cost: ${timed}: ${extraMs} ms longer than without us (TypeScript ${compiler.version}), over ${compiler.maxExtraMs}`,
      )
    }
  }
  return found
}

function print(
  { title, programs, baselines }: Comparison,
  { version }: Compiler,
  costs: Map<string, Cost>,
): void {
  const signed = (value: number): string => (value > 0 ? `+${value}` : String(value))
  console.log(`TypeScript ${version}, ${title}`)
  console.log(row('', 'instantiations', 'types', 'check ms', 'Δ instantiations', 'Δ ms'))
  for (const { name } of programs) {
    const { instantiations, types, checkMs } = costOf(costs, name)
    const base = costOf(costs, baselines[name] ?? name)
    const extra = [signed(instantiations - base.instantiations), signed(checkMs - base.checkMs)]
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
