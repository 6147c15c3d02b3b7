import type { DestinationStream } from 'pino'
import pinoPretty from 'pino-pretty'

export interface PrettyOptions {
  /** @default where the terminal has any */
  readonly colors?: boolean
  /** Where lines go. @default standard output */
  readonly destination?: pinoPretty.PrettyOptions['destination']
}

/** Writes lines for people, in development: `createLogger({ destination: prettyOutput() })`. In this thread, at once. */
export function prettyOutput({ colors, destination }: PrettyOptions = {}): DestinationStream {
  return pinoPretty({
    sync: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    ...(colors !== undefined && { colorize: colors }),
    ...(destination !== undefined && { destination }),
  })
}
