import * as v from 'valibot'
import { type LengthOptions, requireLengths } from './lengths.ts'

export interface TextOptions extends LengthOptions {
  /** Whether white space at both ends is taken away, before anything is measured. @default false */
  readonly trim?: boolean
  /** Whether line breaks and tabs may be in it. @default false */
  readonly multiline?: boolean
}

/**
 * Text for people, of 0 to 255 characters unless told otherwise.
 *
 * Refuses what databases, logs and readers stumble over: control characters, NUL among them, halves of surrogate pairs,
 * and characters that turn the direction of what follows. Emoji and all writing systems pass.
 */
export function text({
  min = 0,
  max = 255,
  trim = false,
  multiline = false,
}: TextOptions = {}): v.GenericSchema<string, string> {
  requireLengths('text', { min, max })
  return v.pipe(
    trim ? trimmed : v.string(),
    v.minCodePoints(min),
    v.maxCodePoints(max),
    v.regex(multiline ? lines : line, 'CHARACTERS'),
  )
}

/** The same with something in it that can be seen: neither white space nor characters without a width. */
export function nonEmpty(options: TextOptions = {}): v.GenericSchema<string, string> {
  // With a `min` of the caller's, no text at all is too short already.
  const seen = (options.min ?? 0) > 0 ? visibleOrNothing : visible
  return v.pipe(text(options), v.regex(seen, 'NON_EMPTY'))
}

/** Text without white space at its ends. */
export const trimmed: v.GenericSchema<string, string> = v.pipe(v.string(), v.trim())

// Under `u`, \p{Cs} is a surrogate without its other half. U+202A to U+202E embed or override a direction.
const line = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2028\u2029]*$/u
const lines = /^(?:[^\p{Cc}\p{Cs}\u202A-\u202E]|[\t\n\r])*$/u

const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u
const visibleOrNothing = new RegExp(`^$|${visible.source}`, 'u')
