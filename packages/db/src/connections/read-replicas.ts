import {
  type AmbientExtension,
  type ExtendableClient,
  extendAmbient,
  findAmbient,
} from '../context/ambient.ts'
import { createReadSessions, withOuter } from '../context/read-session.ts'
import { reasonOf } from '../database-errors/reason-of.ts'
import type { Reason } from '../database-errors/reasons.ts'
import { DbError } from '../errors.ts'
import { type HookCall, omittedOf, queryOn } from '../prisma-internals.ts'
import { readOperations } from '../prisma-operations.ts'
import { readSessionsOf, sessionsKey } from './read-your-writes.ts'
import { createReplicaTurns } from './replica-turns.ts'

export interface ReadReplicasOptions {
  /**
   * Clients of the same schema, which take turns. With the primary's `omit` and without its extensions, which are
   * applied already; but a `select` that names a field of a `result` extension is read from the primary.
   */
  readonly replicas: readonly object[]
  /**
   * How long a write sends the later reads of the same `readYourWrites` to the primary. Must be longer than replicas are
   * behind, and than a transaction takes: it begins with the statement. @default until that ends
   */
  readonly windowMs?: number
  /** How long a replica that cannot be used is left alone. @default 5000 */
  readonly restMs?: number
  /** Hears why a replica could not be used; the read itself went on at the primary. @default nobody */
  readonly onReplicaError?: (error: unknown) => void
  /** Source of time, milliseconds, never backwards. @default performance.now */
  readonly now?: () => number
}

/**
 * Sends reads to replicas, by a Prisma extension that comes after `mixins(…)`.
 *
 * Writes, raw SQL and everything inside a transaction go to the primary. So do the reads after a write in
 * the same `readYourWrites`. A read whose replica cannot be used is repeated there, and the replica then rests.
 *
 * @throws DbError `REPLICA_CONFIG`
 */
export function readReplicas(options: ReadReplicasOptions): AmbientExtension {
  const { replicas } = options
  if (replicas.length === 0) throw new DbError('REPLICA_CONFIG', 'readReplicas: there is no replica')
  if (replicas.some(findAmbient)) {
    throw new DbError(
      'REPLICA_CONFIG',
      'readReplicas: a replica must not have mixins or ambient(); extend the primary alone',
    )
  }
  return ((client: ExtendableClient) => extend(client, options)) as never
}

function extend(client: ExtendableClient, options: ReadReplicasOptions): ExtendableClient {
  const {
    replicas,
    windowMs = Number.POSITIVE_INFINITY,
    restMs = 5000,
    onReplicaError = () => {},
    now = () => performance.now(),
  } = options
  if (readSessionsOf(client)) {
    throw new DbError('REPLICA_CONFIG', 'readReplicas: the client has replicas already; name all in one call')
  }
  for (const replica of replicas) requireSameOmit(client, replica)
  const sessions = createReadSessions(replicas, { windowMs, now })
  const turns = createReplicaTurns(replicas, { restMs, now })
  return extendAmbient(client).$extends({
    name: 'fastkit-read-replicas',
    client: { [sessionsKey]: sessions },
    query: { $allOperations: route },
  })

  function route(call: HookCall): Promise<unknown> {
    const session = sessions.current()
    const onPrimary = () => call.query(call.args ?? {})
    if (!isRead(call, session?.onlyReads)) return onPrimary().finally(() => sessions.pin(session))
    if (call.__internalParams.transaction || sessions.pinned(session)) return onPrimary()
    const outermost = withOuter(session).at(-1)
    const replica = turns.next(outermost?.replica)
    if (outermost) outermost.replica = replica
    return replica ? readFrom(replica, call, onPrimary) : onPrimary()
  }

  async function readFrom(replica: object, call: HookCall, onPrimary: () => Promise<unknown>) {
    try {
      return await queryOn(replica, call)
    } catch (error) {
      const reason = reasonOf(error)
      // The primary says what is wrong with it, or knows a field that an extension of it computes.
      if (reason === 'query') return await onPrimary()
      if (reason !== 'writeConflict' && !isUnusable(reason)) throw error
      if (isUnusable(reason)) turns.rest(replica)
      report(error)
      return await onPrimary()
    }
  }

  /** Who listens must not fail the read. */
  function report(error: unknown): void {
    try {
      onReplicaError(error)
    } catch {
      // There is nobody left to tell.
    }
  }
}

/** A password that the primary leaves out must not come from a replica. */
function requireSameOmit(client: object, replica: object): void {
  const [ours, theirs] = [omittedOf(client), omittedOf(replica)]
  const differs = [...ours].find(([model, fields]) => {
    const others = theirs.get(model) ?? new Set()
    return fields.size !== others.size || [...fields].some((field) => !others.has(field))
  })
  if (!differs) return
  throw new DbError(
    'REPLICA_CONFIG',
    `readReplicas: the primary and a replica omit other fields of ${differs[0]}`,
  )
}

/** Raw SQL may write, whatever the method is called; only repositories say that theirs does not. */
function isRead({ operation }: HookCall, onlyReads = false): boolean {
  return readOperations.has(operation) || (onlyReads && operation === '$queryRawUnsafe')
}

/**
 * Whether the server is at fault, and not the query. A write conflict is neither: a standby gives up a read that stands
 * in the way of what it has to repeat.
 */
function isUnusable(reason: Reason | undefined): boolean {
  return reason !== undefined && unusable.has(reason)
}

const unusable: ReadonlySet<Reason> = new Set([
  'unreachable',
  'connectionLost',
  'refused',
  'exhausted',
  'silence',
])
