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

/** Messages over a connection of their own, which is made with the first subscription and asked every second whether it lives. */
export function subscriptions(client: RedisClientLike, options: SubscriptionsOptions): Subscriptions {
  const subscribers = new Set<{ channel: string; subscriber: RedisSubscriber }>()
  let kept: KeptConnection | undefined
  let heartbeat: ReturnType<typeof setInterval> | undefined
  let closed = false
  return { subscribe, close }

  function subscribe(channel: string, subscriber: RedisSubscriber): () => void {
    const entry = { channel, subscriber }
    subscribers.add(entry)
    if (closed) return () => undefined
    if (kept === undefined) connect()
    else {
      const connection = kept.current()
      if (connection) listen(connection, entry).catch((error: unknown) => kept?.drop(connection, error))
    }
    return () => void subscribers.delete(entry)
  }

  function connect(): void {
    kept = keepConnected(client, {
      ...options,
      RESP: 3,
      ready: (connection) => Promise.all(Array.from(subscribers, (entry) => listen(connection, entry))),
      lost(reason) {
        for (const { subscriber } of subscribers) subscriber.lost()
        options.lost(reason)
      },
    })
    heartbeat = setInterval(ping, 1000)
    heartbeat.unref()
  }

  async function listen(
    connection: RedisConnection,
    entry: { channel: string; subscriber: RedisSubscriber },
  ): Promise<void> {
    await connection.subscribe(entry.channel, (text) => {
      if (subscribers.has(entry)) entry.subscriber.message(text)
    })
    entry.subscriber.connected()
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
