import { ServiceError } from './errors.ts'

/**
 * Rules written once for both faces: a generator that yields whatever may be a promise, and gets back what it became.
 * What a step gets back depends on what it yielded, which TypeScript cannot say.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Steps<T> = Generator<unknown, T, any>

/** How a face runs steps: awaiting each, or not. */
export type Drive = <T>(steps: Steps<T>) => T | Promise<T>

export async function driveAsync<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next()
  while (!step.done) {
    let value: unknown
    try {
      value = await step.value
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(value)
  }
  return step.value
}

/** @throws ServiceError `HOOK_ASYNC` for a promise, which types keep away */
export function driveSync<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (!step.done) {
    const { value } = step
    if (typeof (value as { then?: unknown } | null | undefined)?.then === 'function') {
      // Nobody will ask how it ends.
      Promise.resolve(value).catch(() => {})
      step = steps.throw(
        new ServiceError('HOOK_ASYNC', 'A hook or repository of a sync service returned a promise'),
      )
    } else step = steps.next(value)
  }
  return step.value
}
