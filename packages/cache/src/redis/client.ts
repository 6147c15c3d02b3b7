/** The part of a client of `redis` (node-redis) the guard calls: it makes connections of its own from it. */
export interface RedisClientLike {
  readonly options?: { readonly socket?: object | undefined }
  duplicate(overrides: ConnectionOptions): RedisConnection
}

export interface RedisConnection {
  connect(): Promise<unknown>
  sendCommand(command: readonly string[]): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  on(event: 'error' | 'end', listener: (error: Error) => void): unknown
  unref(): void
  destroy(): void
}

/** What the connections of the guard have in common: they fail at once, for good, and queue nothing. */
export interface ConnectionOptions {
  readonly RESP: 2 | 3
  readonly disableOfflineQueue: true
  readonly commandsQueueMaxLength: number
  readonly socket: object
  readonly commandOptions: object
  readonly maintNotifications: 'disabled'
}

export function connectionOptions(client: RedisClientLike, RESP: 2 | 3): ConnectionOptions {
  return {
    RESP,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: { ...client.options?.socket, reconnectStrategy: false, socketTimeout: undefined },
    commandOptions: { timeout: 0 }, // the guard has a deadline of its own
    // What else an application may have chosen for its own client, and what needs RESP 3.
    maintNotifications: 'disabled',
    ...{ clientSideCache: undefined, emitInvalidate: false, pingInterval: undefined },
  }
}
