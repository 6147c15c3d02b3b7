import {
  type ConnectionOptions,
  connectionOptions,
  type RedisClientLike,
  type RedisConnection,
} from './client.ts'

export interface KeepOptions {
  readonly RESP: ConnectionOptions['RESP']
  readonly connectTimeoutMs: number
  readonly random: () => number
  /** Whether another attempt makes sense; asked before each but the first. @default always */
  mayTry?(): boolean
  /** Makes a new connection useful. When it rejects, the connection is given up. */
  ready?(connection: RedisConnection): Promise<unknown>
  /** Called once per loss, not per failed attempt. */
  lost(reason: unknown): void
}

/** A connection that is made anew whenever it is lost. */
export interface KeptConnection {
  /** Undefined while there is none. */
  current(): RedisConnection | undefined
  /** Settles with the first attempt to connect, whatever comes of it. Never rejects. */
  readonly attempted: Promise<void>
  /** Gives a connection up, for one that works. */
  drop(connection: RedisConnection, reason: unknown): void
  /** Notes that the connection has proved useful: the next loss is followed by a short pause again. */
  proved(): void
  close(): void
}

/** Connects at once. Pauses between attempts double from 50 ms to 1.2 s, and are cut by a random quarter. */
export function keepConnected(client: RedisClientLike, options: KeepOptions): KeptConnection {
  const { RESP, connectTimeoutMs, random } = options
  let current: RedisConnection | undefined
  let attempts = 0
  let closed = false
  let pause: ReturnType<typeof setTimeout> | undefined
  let opening: RedisConnection | undefined
  const attempted = open(make())

  return {
    current: () => current,
    attempted,
    drop,
    proved() {
      attempts = 0
    },
    close() {
      closed = true
      clearTimeout(pause)
      opening?.destroy()
      current?.destroy()
      current = undefined
    },
  }

  function make(): RedisConnection {
    return client.duplicate(connectionOptions(client, RESP))
  }

  async function open(connection: RedisConnection): Promise<void> {
    opening = connection
    connection.on('error', (error) => drop(connection, error))
    connection.on('end', () => drop(connection, new Error('Redis closed the connection')))
    connection.unref()
    try {
      await within(connectTimeoutMs, async () => {
        await connection.connect()
        await options.ready?.(connection)
      })
      if (closed || opening !== connection) return connection.destroy()
      opening = undefined
      current = connection
    } catch (error) {
      connection.destroy()
      if (opening !== connection) return
      opening = undefined
      if (attempts === 0) options.lost(error)
      again()
    }
  }

  function drop(connection: RedisConnection, reason: unknown): void {
    if (connection !== current) return
    current = undefined
    connection.destroy()
    if (closed) return
    options.lost(reason)
    again()
  }

  function retryIn(ms: number): void {
    pause = setTimeout(() => {
      if (closed) return
      if (options.mayTry?.() ?? true) void open(make())
      else retryIn(100)
    }, ms)
    pause.unref()
  }

  function again(): void {
    if (closed) return
    retryIn(Math.min(1200, 50 * 2 ** attempts++) * (0.75 + random() / 4))
  }
}

async function within<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No connection within ${timeoutMs} ms`)), timeoutMs)
    timer.unref()
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
