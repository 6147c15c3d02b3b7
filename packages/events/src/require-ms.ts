import { SignalError } from './errors.ts'

/** The longest a timer can wait; what is longer would fire at once. */
const longestMs = 2 ** 31 - 1

/** @throws SignalError `SIGNAL_CONFIG` */
export function requireMs(name: string, ms: number, least: 0 | 1): void {
  if (typeof ms === 'number' && ms >= least && ms <= longestMs) return
  throw new SignalError('SIGNAL_CONFIG', `${name} is a number of milliseconds from ${least} to ${longestMs}`)
}
