import { translateDatabaseError } from '../database-errors/translate-database-error.ts'
import { DbError } from '../errors.ts'
import { withDeadline } from './deadline.ts'
import { createProbe, type Health, type HealthClient, type PingOptions } from './health.ts'

/** The part of a Prisma client that connections call. */
export interface ConnectionClient extends HealthClient {
  $disconnect(): PromiseLike<void>
}

export interface ConnectionsOptions {
  /** How long each client may take to disconnect. @default 5000 */
  readonly closeTimeoutMs?: number
}

/** The databases of an application, by name. */
export interface Connections<Clients> {
  /** @throws DbError `UNKNOWN_CONNECTION` */
  get<Name extends keyof Clients & string>(name: Name): Clients[Name]
  /**
   * Asks all databases at the same time whether they answer. Never throws, and takes no longer than `timeoutMs`; what
   * wants to fail without an answer calls `ping`.
   *
   * After `close` it asks nobody and answers `CONNECTION_CLOSED`: Prisma would connect again.
   */
  health(options?: PingOptions): Promise<{ readonly [Name in keyof Clients]: Health }>
  /**
   * Disconnects the clients one after the other, the last one declared first. Only the first call does anything;
   * every call waits for it. One that fails, or is too slow, does not keep the others open; the sockets of one that
   * is too slow stay, and may keep the process from ending by itself.
   *
   * @throws DbError `CLOSE_FAILED` at the end, with the names in `params.connections`, and for a cause an
   *   AggregateError of what each of them threw
   */
  close(): Promise<void>
}

/**
 * Keeps Prisma clients under names, to check and to close them together.
 *
 * Name read replicas, too: what is declared later is closed earlier.
 */
export function createConnections<const Clients extends Readonly<Record<string, ConnectionClient>>>(
  clients: Clients,
  { closeTimeoutMs = 5000 }: ConnectionsOptions = {},
): Connections<Clients> {
  const probes = Object.entries(clients).map(([name, client]) => [name, createProbe(client)] as const)
  let closing: Promise<void> | undefined

  return {
    get(name) {
      if (Object.hasOwn(clients, name)) return clients[name]
      const known = Object.keys(clients).join(', ')
      throw new DbError('UNKNOWN_CONNECTION', `There is no connection "${name}"; there are: ${known}`)
    },
    async health(options) {
      const found = probes.map(async ([name, probe]) => [name, closing ? closed : await probe(options)])
      return Object.fromEntries(await Promise.all(found))
    },
    close() {
      closing ??= closeAll(Object.entries(clients).reverse(), closeTimeoutMs)
      return closing
    },
  }
}

const closed: Health = { ok: false, latencyMs: 0, error: 'CONNECTION_CLOSED' }

async function closeAll(
  clients: readonly (readonly [string, ConnectionClient])[],
  timeoutMs: number,
): Promise<void> {
  const failed = new Map<string, unknown>()
  for (const [name, client] of clients) {
    try {
      await withDeadline(disconnect(client), timeoutMs)
    } catch (error) {
      failed.set(name, translateDatabaseError(error))
    }
  }
  if (failed.size === 0) return
  const names = [...failed.keys()]
  throw new DbError('CLOSE_FAILED', `Could not close: ${names.join(', ')}`, {
    params: { connections: names },
    cause: new AggregateError(failed.values()),
  })
}

/** `async`, so that a client that throws at once is no exception. */
async function disconnect(client: ConnectionClient): Promise<void> {
  await client.$disconnect()
}
