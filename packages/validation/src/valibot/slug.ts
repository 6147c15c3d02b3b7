import * as v from 'valibot'
import { type LengthOptions, requireLengths } from './lengths.ts'

/** Small letters and digits of ASCII, with single hyphens between them; 1 to 255 of them unless told otherwise. */
export function slug({ min = 1, max = 255 }: LengthOptions = {}): v.GenericSchema<string, string> {
  requireLengths('slug', { min, max })
  return v.pipe(v.string(), v.minLength(min), v.maxLength(max), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'SLUG'))
}
