export interface CompareOptions {
  /** Calls per round. @default 20000 */
  readonly calls?: number
  /** @default 41 */
  readonly rounds?: number
}

/** Times contenders in turn, round by round, and prints the median of each beside the first. */
export function compare(
  title: string,
  contenders: Readonly<Record<string, () => unknown>>,
  { calls = 20_000, rounds = 41 }: CompareOptions = {},
): void {
  const turns = turnsOf(contenders, rounds)
  for (const { run, times } of turns.list) {
    const start = process.hrtime.bigint()
    for (let call = 0; call < calls; call++) run()
    times.push(Number(process.hrtime.bigint() - start) / calls)
  }
  print(`${title} (${calls} calls × ${rounds} rounds, median)`, turns.times)
}

/**
 * The same for calls that are awaited, one after the other. It takes the CPU time of the process, all its threads: what
 * waits for a disk or for another program costs nothing.
 */
export async function compareAsync(
  title: string,
  contenders: Readonly<Record<string, () => Promise<unknown>>>,
  { calls = 2000, rounds = 41 }: CompareOptions = {},
): Promise<void> {
  const turns = turnsOf(contenders, rounds)
  for (const { run, times } of turns.list) {
    const start = process.cpuUsage()
    for (let call = 0; call < calls; call++) await run()
    const { user, system } = process.cpuUsage(start)
    times.push(((user + system) * 1000) / calls)
  }
  print(`${title} (${calls} calls × ${rounds} rounds, median CPU time)`, turns.times)
}

/** Rounds that only warm up. */
const warmUp = 3

function turnsOf<Run>(contenders: Readonly<Record<string, Run>>, rounds: number) {
  const times = Object.keys(contenders).map((name) => ({ name, nanoseconds: [] as number[] }))
  const list = Array.from({ length: rounds + warmUp }, (_, round) =>
    Object.values(contenders).map((run, at) => ({
      run,
      times: round < warmUp ? [] : (times[at]?.nanoseconds as number[]),
    })),
  ).flat()
  return { list, times }
}

interface Times {
  readonly name: string
  readonly nanoseconds: readonly number[]
}

function print(title: string, contenders: readonly Times[]): void {
  const medians = contenders.map(({ name, nanoseconds }) => {
    const sorted = nanoseconds.toSorted((a, b) => a - b)
    return { name, ns: sorted[sorted.length >> 1] as number }
  })
  const floor = medians[0]?.ns ?? 1
  console.log(`\n${title}`)
  for (const { name, ns } of medians) {
    const [time, more, ratio] = [ns.toFixed(0), (ns - floor).toFixed(0), (ns / floor).toFixed(2)]
    console.log(`  ${name.padEnd(46)} ${time.padStart(8)} ns   + ${more.padStart(7)} ns   ${ratio} ×`)
  }
}
