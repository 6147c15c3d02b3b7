import type { Logger } from '@fastkit/contracts'
import { describeThrown } from './describe-thrown.ts'
import { HttpError } from './errors.ts'

/** How an app ends: what is closed then, and who has to know. */
export interface Lifecycle {
  /** Whether the app is about to stop: it still answers, and should not be sent more. */
  readonly draining: boolean
  /** Aborts when the app is about to stop; for work that should not begin any more. */
  readonly signal: AbortSignal
  /** Names something to close at the end; what was named last is closed first. */
  onClose(name: string, close: () => unknown): void
  /** Says that the app is about to stop. */
  drain(): void
  /**
   * Drains, then closes everything, one after the other. A second call waits for the first. Never rejects.
   *
   * @returns the names of what could not be closed; why, the logger hears
   */
  close(): Promise<string[]>
}

export interface LifecycleOptions {
  /** Hears of what could not be closed. @default nobody */
  readonly logger?: Logger
}

export function createLifecycle({ logger }: LifecycleOptions = {}): Lifecycle {
  const controller = new AbortController()
  const closers: [name: string, close: () => unknown][] = []
  let closing: Promise<string[]> | undefined

  return {
    get draining() {
      return controller.signal.aborted
    },
    signal: controller.signal,
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
    for (const [name, close] of closers.toReversed()) {
      try {
        await close()
      } catch (error) {
        failed.push(name)
        logger?.error({ err: describeThrown(error), name }, 'Could not be closed')
      }
    }
    return failed
  }
}
