import { createServer } from 'node:net'
import type { Account } from './account.ts'
import { type Child, type Ending, startChild } from './child.ts'
import type { PrivateFolder } from './private-folder.ts'

/** A running server that is ours to stop. */
export interface Server {
  readonly url: string
  /** The program that runs, for the report. */
  readonly program: string
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly program: string
  readonly args: (port: number) => readonly string[]
  readonly url: (port: number) => string
  /** Rejects until the server answers. */
  readonly ping: (url: string) => Promise<void>
  /** Removed when the server stops. */
  readonly folder: PrivateFolder
  readonly account: Account | undefined
  readonly stopSignal: NodeJS.Signals
  /** Sent when our process ends without calling `stop`. */
  readonly lastSignal: NodeJS.Signals
  /** @default 30_000 */
  readonly timeoutMs?: number
}

/** Starts a server on a free port of 127.0.0.1 and resolves when it answers. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { program, folder, account, stopSignal, lastSignal } = options
  let attempts = 3 // between finding a free port and using it, another process may take it
  for (;;) {
    const port = await freePort()
    const url = options.url(port)
    const child = startChild(program, options.args(port), { folder, account, lastSignal })
    try {
      await answers(child, url, options)
      return { url, program, stop: () => stop(child, folder, stopSignal) }
    } catch (error) {
      await end(child, 'SIGKILL')
      attempts -= 1
      if (attempts === 0 || !(error instanceof EndedEarly)) throw error
    }
  }
}

class EndedEarly extends Error {}

async function answers(child: Child, url: string, options: ServerOptions): Promise<void> {
  const { program, ping, timeoutMs = 30_000 } = options
  const deadline = performance.now() + timeoutMs
  let ended: Ending | undefined
  child.ended.then((end) => {
    ended = end
  }, undefined)
  for (;;) {
    const failure = await ping(url).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    if (ended) throw new EndedEarly(`${program} ended with ${ended.code}: ${ended.output}`)
    if (!failure) return
    if (performance.now() > deadline) {
      throw new Error(`${program} does not answer after ${timeoutMs} ms`, { cause: failure.error })
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function stop(child: Child, folder: PrivateFolder, signal: NodeJS.Signals): Promise<void> {
  await end(child, signal)
  await folder.remove()
}

/** Asks with `signal`, insists after five seconds. */
async function end(child: Child, signal: NodeJS.Signals): Promise<void> {
  child.signal(signal)
  const insist = setTimeout(() => child.signal('SIGKILL'), 5000)
  await child.ended
  clearTimeout(insist)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('No free port'))
      })
    })
  })
}
