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
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]))
  for (let round = -3; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = process.hrtime.bigint()
      for (let call = 0; call < calls; call++) run()
      const nanoseconds = Number(process.hrtime.bigint() - start) / calls
      if (round >= 0) times.get(name)?.push(nanoseconds) // the first rounds only warm up
    }
  }
  const medians = [...times].map(([name, of]) => ({
    name,
    ns: of.sort((a, b) => a - b)[of.length >> 1] as number,
  }))
  const floor = medians[0]?.ns ?? 1
  console.log(`\n${title} (${calls} calls × ${rounds} rounds, median)`)
  for (const { name, ns } of medians) {
    console.log(`  ${name.padEnd(46)} ${ns.toFixed(0).padStart(8)} ns   ${(ns / floor).toFixed(2)} ×`)
  }
}
