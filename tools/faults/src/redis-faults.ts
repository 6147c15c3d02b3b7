import { setTimeout as sleep } from 'node:timers/promises'
import type { RedisServer } from './redis-server.ts'
import type { Fault, TcpProxy } from './tcp-proxy.ts'

/** Something that happens to a Redis, and how it ends. */
export interface RedisFault {
  readonly name: string
  /** Resolves with what ends it. `command` reaches the server directly. */
  begin(world: FaultyRedis): Promise<() => Promise<unknown>>
}

export interface FaultyRedis {
  readonly server: RedisServer
  readonly proxy: TcpProxy
  command(...command: string[]): Promise<unknown>
}

const proxied = (name: string, fault: Fault): RedisFault => ({
  name,
  async begin({ proxy }) {
    proxy.set(fault)
    return async () => proxy.set({ kind: 'pass' })
  },
})

const repeated = (name: string, everyMs: number, act: (world: FaultyRedis) => unknown): RedisFault => ({
  name,
  async begin(world) {
    const timer = setInterval(() => void act(world), everyMs)
    return async () => clearInterval(timer)
  },
})

const commanded = (name: string, begin: string[], end: string[]): RedisFault => ({
  name,
  async begin({ command }) {
    await command(...begin)
    return () => command(...end)
  },
})

export const redisFaults: readonly RedisFault[] = [
  {
    name: 'kill -9, then a new server',
    async begin({ server }) {
      await server.kill()
      return () => server.restart()
    },
  },
  {
    name: 'SIGSTOP',
    async begin({ server }) {
      server.signal('SIGSTOP')
      return async () => server.signal('SIGCONT')
    },
  },
  repeated('CLIENT KILL every 100 ms', 100, ({ command }) =>
    command('CLIENT', 'KILL', 'TYPE', 'normal').catch(() => undefined),
  ),
  repeated('a cut every 200 ms', 200, ({ proxy }) => proxy.cut()),
  proxied('silence', { kind: 'hang' }),
  proxied('replies after 30 ms', { kind: 'slow', delayMs: 30 }),
  proxied('replies after 300 ms', { kind: 'slow', delayMs: 300 }),
  proxied('replies byte by byte', { kind: 'slice', bytes: 1 }),
  ...[1, 20, 100, 200, 3000].map((bytes) => proxied(`cut after ${bytes} bytes`, { kind: 'cutAfter', bytes })),
  proxied('a wrong bit in 5,000 bytes', { kind: 'corrupt', everyBytes: 5000 }),
  commanded('OOM', ['CONFIG', 'SET', 'maxmemory', '1mb'], ['CONFIG', 'SET', 'maxmemory', '0']),
  commanded('READONLY', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']),
  commanded(
    'NOPERM',
    ['ACL', 'SETUSER', 'default', '-set', '-evalsha', '-eval', '-setex', '-psetex'],
    ['ACL', 'SETUSER', 'default', '+@all'],
  ),
  repeated('CLIENT PAUSE 100 ms of 500', 500, ({ command }) =>
    command('CLIENT', 'PAUSE', '100', 'ALL').catch(() => undefined),
  ),
  repeated('a list under each key (WRONGTYPE)', 50, async ({ command }) => {
    const keys = (await command('KEYS', '*:k:k:*').catch(() => [])) as string[]
    for (const key of keys.slice(0, 20)) {
      await command('DEL', key).catch(() => undefined)
      await command('RPUSH', key, 'x').catch(() => undefined)
    }
  }),
  {
    name: 'a restart in 300 ms',
    async begin({ server }) {
      await server.kill()
      await sleep(300)
      await server.restart()
      return async () => undefined
    },
  },
]
