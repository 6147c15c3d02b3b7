import * as v from 'valibot'
import { trimmed } from './text.ts'

export interface EmailOptions {
  /** Whether white space at both ends is taken away. @default false */
  readonly trim?: boolean
}

/**
 * An e-mail address as people have them, `ann@example.com`, of at most 254 characters (RFC 5321). It is kept as it was
 * written: whether two addresses that differ in capitals are the same is for the database to say.
 */
export function email({ trim = false }: EmailOptions = {}): v.GenericSchema<string, string> {
  return v.pipe(trim ? trimmed : v.string(), v.maxLength(254), v.email())
}
