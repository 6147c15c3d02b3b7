import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface PingReport {
  readonly count: number
  /** What one in a thousand takes longer than. */
  readonly lateMs: number
  readonly worstMs: number
}

export interface Pinging {
  stop(): Promise<PingReport>
}

/** Starts `pinging.ts` in a process of its own. */
export async function startPinging(url: string): Promise<Pinging> {
  const child = fork(join(import.meta.dirname, 'pinging.ts'), [url], { execArgv: [] })
  await once(child, 'message')
  return {
    async stop() {
      child.send('stop')
      const [report] = await once(child, 'message')
      return report as PingReport
    },
  }
}
