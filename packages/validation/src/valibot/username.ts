import * as v from 'valibot'
import { type LengthOptions, requireLengths } from './lengths.ts'

/** A letter and then letters, digits and underscores, all of ASCII; 3 to 20 of them unless told otherwise. */
export function username({ min = 3, max = 20 }: LengthOptions = {}): v.GenericSchema<string, string> {
  requireLengths('username', { min, max })
  return v.pipe(v.string(), v.minLength(min), v.maxLength(max), v.regex(/^[a-z][a-z0-9_]*$/i, 'USERNAME'))
}
