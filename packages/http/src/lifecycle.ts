import type { Logger } from '@fastkit/contracts'
import { describeThrown } from './describe-thrown.ts'
import { HttpError } from './errors.ts'
import { withTimeout } from './with-timeout.ts'

/** How an app ends: what is closed then, and who has to know. */
export interface Lifecycle {
  /** Whether the app is about to stop: it still answers, and should not be sent more. */
  readonly draining: boolean
  /** Aborts when the app is about to stop; for work that should not begin any more. */
  readonly signal: AbortSignal
  /** The names of what is not closed yet, in the order in which it will be: the first is being closed, if any is. */
  readonly open: readonly string[]
  /** Names something to close at the end; what was named last is closed first. */
  onClose(name: string, close: () => unknown): void
  /** Says that the app is about to stop. */
  drain(): void
  /**
   * Drains, then closes everything, one after the other. What is not closed in time counts as failed, and the next one
   * has its turn. A second call waits for the first. Never rejects.
   *
   * @returns the names of what could not be closed; why, the logger hears
   */
  close(): Promise<string[]>
}

export interface LifecycleOptions {
  /** Hears of what could not be closed. @default nobody */
  readonly logger?: Logger
  /** How long each may take to close. @default 3000 */
  readonly closeTimeoutMs?: number
}

export function createLifecycle({ logger, closeTimeoutMs = 3000 }: LifecycleOptions = {}): Lifecycle {
  const controller = new AbortController()
  const closers: [name: string, close: () => unknown][] = []
  let closing: Promise<string[]> | undefined

  return {
    get draining() {
      return controller.signal.aborted
    },
    signal: controller.signal,
    get open() {
      return closers.map(([name]) => name).toReversed()
    },
    onClose(name, close) {
      if (closing) throw new HttpError('WRONG_SETUP', `'${name}' was opened while the app closes`)
      closers.push([name, close])
    },
    drain,
    close() {
      closing ??= closeAll()
      return closing
    },
  }

  function drain(): void {
    controller.abort()
  }

  async function closeAll(): Promise<string[]> {
    drain()
    const failed: string[] = []
    for (let closer = closers.at(-1); closer; closer = closers.at(-1)) {
      const [name, close] = closer
      try {
        await withTimeout(close, closeTimeoutMs)
      } catch (error) {
        failed.push(name)
        logger?.error({ err: describeThrown(error), name }, 'Could not be closed')
      }
      closers.pop()
    }
    return failed
  }
}
