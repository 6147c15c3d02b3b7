import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Pinging {
  stop(): Promise<{ readonly count: number; readonly worstMs: number }>
}

/** Starts `pinging.ts` in a process of its own. */
export async function startPinging(url: string): Promise<Pinging> {
  const child = fork(join(import.meta.dirname, 'pinging.ts'), [url], { execArgv: [] })
  await once(child, 'message')
  return {
    async stop() {
      child.send('stop')
      const [report] = await once(child, 'message')
      return report as { count: number; worstMs: number }
    },
  }
}
