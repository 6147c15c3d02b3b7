import { SignalError } from './errors.ts'

/** Settles as a call does, or fails after a time. The timer keeps no process alive. */
export function withTimeout(call: PromiseLike<unknown>, timeoutMs: number, name: string): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SignalError('RECEIVER_TIMEOUT', `${name} took longer than ${timeoutMs} ms`))
    }, timeoutMs)
    timer.unref?.()
  })
  return Promise.race([call, late]).finally(() => clearTimeout(timer))
}
