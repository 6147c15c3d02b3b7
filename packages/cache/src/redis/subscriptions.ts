import type { RedisSubscriber } from '@fastkit/contracts'
import type { RedisClientLike, RedisConnection } from './client.ts'
import { type KeptConnection, keepConnected } from './keep-connected.ts'

export interface SubscriptionsOptions {
  readonly connectTimeoutMs: number
  readonly deadlineMs: number
  readonly random: () => number
  /** While Redis is known to be out of reach one connection tries, not two. */
  mayTry(): boolean
  lost(reason: unknown): void
}

export interface Subscriptions {
  subscribe(channel: string, subscriber: RedisSubscriber): () => void
  close(): void
}

interface Entry {
  readonly channel: string
  readonly subscriber: RedisSubscriber
}

/** Messages over a connection of their own, which is made with the first subscription and asked every second whether it lives. */
export function subscriptions(client: RedisClientLike, options: SubscriptionsOptions): Subscriptions {
  const subscribers = new Set<Entry>()
  let kept: KeptConnection | undefined
  /** The connection that listens for all there are; until then, and after it, a subscriber waits for the next. */
  let listening: RedisConnection | undefined
  let heartbeat: ReturnType<typeof setInterval> | undefined
  let closed = false
  return { subscribe, close }

  function subscribe(channel: string, subscriber: RedisSubscriber): () => void {
    const entry = { channel, subscriber }
    subscribers.add(entry)
    if (closed) return () => undefined
    if (kept === undefined) connect()
    else if (listening) {
      const connection = listening
      listen(connection, entry).then(
        () => entry.subscriber.connected(),
        (error: unknown) => kept?.drop(connection, error),
      )
    }
    return () => void subscribers.delete(entry)
  }

  function connect(): void {
    kept = keepConnected(client, {
      ...options,
      RESP: 3,
      async ready(connection) {
        const entries = new Set<Entry>()
        for (;;) {
          const others = Array.from(subscribers).filter((entry) => !entries.has(entry)) // some may come meanwhile
          if (others.length === 0) break
          for (const entry of others) entries.add(entry)
          await Promise.all(others.map((entry) => listen(connection, entry)))
        }
        listening = connection
        for (const { subscriber } of entries) subscriber.connected() // not before it is sure: a failed attempt is no loss
      },
      lost(reason) {
        listening = undefined
        for (const { subscriber } of subscribers) subscriber.lost()
        options.lost(reason)
      },
    })
    heartbeat = setInterval(ping, 1000)
    heartbeat.unref()
  }

  async function listen(connection: RedisConnection, entry: Entry): Promise<void> {
    await connection.subscribe(entry.channel, (text) => {
      if (subscribers.has(entry)) entry.subscriber.message(text)
    })
  }

  function ping(): void {
    const connection = kept?.current()
    if (!connection) return
    // No shorter than a moment in which this process may be busy itself.
    const timer = setTimeout(() => setImmediate(drop), Math.max(250, options.deadlineMs))
    timer.unref()
    let answered = false
    const answer = () => {
      answered = true
      kept?.proved()
      clearTimeout(timer)
    }
    connection.sendCommand(['PING']).then(answer, drop)

    function drop(): void {
      clearTimeout(timer)
      if (!answered && connection) kept?.drop(connection, new Error('Redis is silent'))
    }
  }

  function close(): void {
    closed = true
    clearInterval(heartbeat)
    kept?.close()
  }
}
