import { DbError } from '../errors.ts'
import { type JoinableLevel, transactionEnded } from './join.ts'
import type { Effect } from './level.ts'

export interface EffectOptions {
  /** Hears of an effect that failed or took too long; what it belongs to has been committed. @default nobody */
  readonly onEffectError?: (error: unknown) => void
  /** How long `run` waits for the effects of its commit; they go on after that. @default 10000 */
  readonly effectTimeoutMs?: number
}

export interface Effects {
  /** Starts effects in their order, side by side and outside of any transaction, and waits for them. Never rejects. */
  run(effects: readonly Effect[]): Promise<void>
  /** Queues an effect for the commit of its level, or runs it now where nothing is left to wait for. */
  schedule(level: JoinableLevel | undefined, effect: Effect): Promise<void>
}

/** The way out of a transaction. */
export interface Outside {
  enter<T>(level: undefined, run: () => Promise<T>): Promise<T>
}

export function createEffects(outside: Outside, options: EffectOptions): Effects {
  const { onEffectError = () => {}, effectTimeoutMs = 10_000 } = options

  return { run, schedule }

  async function run(effects: readonly Effect[]): Promise<void> {
    if (effects.length === 0) return
    const all = outside.enter(undefined, () => Promise.all(effects.map(settle)))
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        report(new DbError('EFFECT_TIMEOUT', `Effects of a commit took longer than ${effectTimeoutMs} ms`))
        resolve()
      }, effectTimeoutMs)
      timer.unref?.()
    })
    await Promise.race([all, late])
    clearTimeout(timer)
  }

  async function schedule(level: JoinableLevel | undefined, effect: Effect): Promise<void> {
    if (level && !level.ended) level.effects.push(effect)
    else if (level && !level.root.committed) report(transactionEnded())
    else await run([effect])
  }

  async function settle(effect: Effect): Promise<void> {
    try {
      await effect()
    } catch (error) {
      report(error)
    }
  }

  /** What has been committed must not look failed because somebody who hears of it fails. */
  function report(error: unknown): void {
    try {
      const told: unknown = onEffectError(error)
      Promise.resolve(told).catch(() => {})
    } catch {
      // There is nobody left to tell.
    }
  }
}
