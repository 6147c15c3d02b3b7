import type { Machine } from './machine.ts'
import type { Server } from './server.ts'

/** A kind of server that tests may need. */
export interface Service {
  readonly name: 'redis' | 'postgresql' | 'mariadb'
  /** Environment variable with the URL of a server to use as it is. */
  readonly urlVariable: string
  /** What a reader of the banner can do about a missing server. */
  readonly howToInstall: string
  /** Starts a private instance; undefined when the machine has no such server. */
  start(machine: Machine): Promise<Server | undefined>
  /** Rejects unless a server at `url` answers a request. */
  ping(url: string): Promise<void>
}
