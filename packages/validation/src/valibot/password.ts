import * as v from 'valibot'
import { ValidationError } from '../errors.ts'
import { type LengthOptions, requireLengths } from './lengths.ts'

export type CharacterClass = 'lower' | 'upper' | 'digit' | 'special'

export interface PasswordOptions extends LengthOptions {
  /** In characters (code points). @default 8 */
  readonly min?: number
  /** In characters (code points), at least 64. @default 128 */
  readonly max?: number
  /** In bytes of UTF-8, for a hash that looks at no more: 72 for bcrypt. @default no limit but `max` */
  readonly maxBytes?: number
  /** What has to be in it, in any writing system. Length does more. @default [] */
  readonly classes?: readonly CharacterClass[]
}

/**
 * A password, measured by its length first. It is never trimmed, cut or normalised: what passes is what was sent.
 *
 * Refuses NUL, at which some hashes stop, and halves of surrogate pairs, which all hash to the same. Each class that is
 * missing is an issue of its own.
 *
 * @throws ValidationError `WRONG_SETUP` for limits that are none, and for a `max` below 64 (OWASP ASVS 5, 6.2.9)
 */
export function password({
  min = 8,
  max = 128,
  maxBytes,
  classes = [],
}: PasswordOptions = {}): v.GenericSchema<string, string> {
  requireLengths('password', { min, max })
  if (max < 64)
    throw new ValidationError('WRONG_SETUP', `Passwords of 64 characters must be possible, not only ${max}`)
  const length = v.pipe(
    v.string(),
    v.minCodePoints(min),
    v.maxCodePoints(max),
    v.regex(/^[^\0\p{Cs}]*$/u, 'CHARACTERS'),
  )
  const bytes = maxBytes === undefined ? length : v.pipe(length, v.maxBytes(requireBytes(maxBytes, min)))
  return [...new Set(classes)].reduce<v.GenericSchema<string, string>>(
    (schema, name) => v.pipe(schema, ruleOf(name)),
    bytes,
  )
}

function requireBytes(maxBytes: number, min: number): number {
  if (Number.isSafeInteger(maxBytes) && maxBytes >= min) return maxBytes
  throw new ValidationError(
    'WRONG_SETUP',
    `maxBytes must be a whole number of at least ${min}, not ${maxBytes}`,
  )
}

function ruleOf(name: CharacterClass): v.RegexAction<string, string> {
  if (Object.hasOwn(patterns, name)) return v.regex(patterns[name], `PASSWORD_${name.toUpperCase()}`)
  throw new ValidationError('WRONG_SETUP', `There is no class of characters "${name}"`)
}

const patterns: Readonly<Record<CharacterClass, RegExp>> = {
  lower: /\p{Ll}/u,
  upper: /\p{Lu}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{M}\p{N}]/u,
}
