import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Redis that is there to be ended. It does not outlive its test, unless that is killed itself. */
export interface RedisServer {
  readonly url: string
  signal(signal: NodeJS.Signals): void
  kill(): Promise<void>
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Undefined where there is no Redis. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const program = ['valkey-server', 'redis-server'].find((name) => !spawnSync(name, ['--version']).error)
  if (program === undefined) return undefined
  const port = await freePort()
  let child: ChildProcess = await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    signal: (signal) => void child.kill(signal),
    kill,
    async restart() {
      await kill()
      child = await start()
    },
    stop: kill,
  }

  async function start(): Promise<ChildProcess> {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      '/tmp',
    ]
    const started = spawn(program as string, args, { stdio: 'ignore' })
    process.once('exit', () => started.kill('SIGKILL'))
    while (!(await accepts(port))) await sleep(10)
    return started
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
