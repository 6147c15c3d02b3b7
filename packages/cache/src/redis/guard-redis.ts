import type { Logger, RedisPort, RedisSubscriber } from '@fastkit/contracts'
import { CacheError } from '../errors.ts'
import { occasionally } from '../occasionally.ts'
import type { RedisClientLike, RedisConnection } from './client.ts'
import { keepConnected } from './keep-connected.ts'
import { subscriptions } from './subscriptions.ts'

export interface GuardOptions {
  /** How long a command may take. @default 50 */
  readonly deadlineMs?: number
  /** How long an attempt to connect may take. @default 500 */
  readonly connectTimeoutMs?: number
  /** Hears of lost connections and refused commands, at most once in ten seconds. What it throws is ignored. */
  readonly logger?: Pick<Logger, 'warn'>
  /** @default Math.random */
  readonly random?: () => number
}

/** A connection to Redis that answers in time or fails in time, and comes back by itself. */
export interface GuardedRedis extends RedisPort {
  /** For health checks: whether commands are sent. */
  isUp(): boolean
  /**
   * Tells the guard that a reply was none to the command. It asks Redis for an echo, and makes a new connection if the
   * answer is another.
   */
  distrust(): void
  /** Ends the connections at once. What is under way fails; whatever follows, too. */
  close(): void
}

/**
 * Guards Redis: each command has a deadline, nothing waits for a connection, and a lost one is made anew.
 *
 * The client is a pattern: it is never connected itself, its options are used for connections of the guard's own, one
 * for commands and one for messages. They do not keep the process alive.
 *
 * When a command misses its deadline, others fail at once until Redis answers again; after three deadlines without
 * an answer in time the connection is dropped. Refused commands, and replies that nobody can read, do not count.
 *
 * @throws CacheError `CACHE_OPTION_INVALID`. `send` rejects with `CACHE_UNAVAILABLE` or, when Redis says no,
 * `CACHE_REFUSED`.
 */
export function guardRedis(client: RedisClientLike, options: GuardOptions = {}): GuardedRedis {
  const { deadlineMs = 50, connectTimeoutMs = 500, logger, random = Math.random } = options
  for (const [name, value] of Object.entries({ deadlineMs, connectTimeoutMs })) {
    if (!(value > 0 && value < 2 ** 31)) {
      throw new CacheError('CACHE_OPTION_INVALID', `${name} must be more than 0 milliseconds, not ${value}`)
    }
  }
  const warn = occasionally(logger)
  const lost = (error: unknown) => warn({ err: error }, 'Redis is out of reach; the cache works without it')
  const main = keepConnected(client, { RESP: 2, connectTimeoutMs, random, lost: forget })
  const mayTry = () => main.current() !== undefined
  const messages = subscriptions(client, { connectTimeoutMs, random, deadlineMs, mayTry, lost })
  let attempted = false
  void main.attempted.then(() => {
    attempted = true
  })
  let closed = false
  /** Commands that missed their deadline and are not answered yet: Redis hangs, or is slow. */
  let overdue = 0
  let misses = 0
  let lastMissAt = 0

  return {
    send,
    subscribe: (channel: string, subscriber: RedisSubscriber) => messages.subscribe(channel, subscriber),
    isUp: () => main.current() !== undefined && overdue === 0,
    distrust() {
      const connection = main.current()
      if (connection) verify(connection).catch((error: unknown) => main.drop(connection, error))
    },
    close() {
      closed = true
      main.close()
      messages.close()
    },
  }

  function send(command: readonly string[]): Promise<unknown> {
    const connection = main.current()
    if (connection && overdue === 0) return ask(connection, command)
    if (attempted || closed || connection)
      return Promise.reject(unavailable(closed ? 'closed' : 'out of reach'))
    return sendFirst(command)
  }

  /** The first commands of a process wait for the connection, as long as they may. */
  async function sendFirst(command: readonly string[]): Promise<unknown> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, deadlineMs)
    })
    await Promise.race([main.attempted, late])
    clearTimeout(timer)
    attempted = true
    return send(command)
  }

  function ask(connection: RedisConnection, command: readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => setImmediate(miss), deadlineMs) // an answer that is there already comes first
      let answered = false
      connection.sendCommand(command).then(
        (reply) => {
          settle()
          if (!late) inTime()
          resolve(reply)
        },
        (error: unknown) => {
          settle()
          reject(translate(connection, command, error))
        },
      )

      function settle(): void {
        answered = true
        clearTimeout(timer)
        if (late && main.current() === connection) overdue--
      }

      function miss(): void {
        if (answered) return
        late = true
        if (main.current() === connection) overdue++
        reject(unavailable(`silent for ${deadlineMs} ms`))
        countMiss(connection)
      }
    })
  }

  function inTime(): void {
    if (misses > 0) misses = 0
    main.proved()
  }

  /** Many that miss it together are one. */
  function countMiss(connection: RedisConnection): void {
    const now = performance.now()
    if (now - lastMissAt >= deadlineMs) misses++
    lastMissAt = now
    if (misses >= 3) main.drop(connection, unavailable('silent or slow'))
    else if (overdue === 1) setTimeout(giveUp, 2 * deadlineMs, connection).unref()
  }

  function giveUp(connection: RedisConnection): void {
    if (overdue > 0) main.drop(connection, unavailable('silent'))
  }

  function forget(error: unknown): void {
    overdue = 0
    misses = 0
    lost(error)
  }

  function translate(connection: RedisConnection, command: readonly string[], error: unknown): CacheError {
    const message = error instanceof Error ? error.message : String(error)
    if (!/^[A-Z]{2,}/.test(message)) return unavailable('out of reach', error)
    if (/^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN)/.test(message)) {
      main.drop(connection, error)
      return unavailable('not the server to use', error)
    }
    const refused = new CacheError('CACHE_REFUSED', `Redis refused ${command[0]}: ${message.split(' ')[0]}`, {
      cause: error,
    })
    if (!message.startsWith('NOSCRIPT')) warn({ err: refused }, 'Redis refused a command')
    return refused
  }

  async function verify(connection: RedisConnection): Promise<void> {
    const nonce = `fastkit ${random()}`
    if ((await ask(connection, ['ECHO', nonce])) !== nonce) throw unavailable('answering to other commands')
  }
}

function unavailable(what: string, cause?: unknown): CacheError {
  return new CacheError('CACHE_UNAVAILABLE', `Redis is ${what}`, { cause })
}
