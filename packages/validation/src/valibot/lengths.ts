import { ValidationError } from '../errors.ts'

/** Limits of a length. */
export interface LengthOptions {
  /** In characters (code points). */
  readonly min?: number
  /** In characters (code points). */
  readonly max?: number
}

/** @throws ValidationError `WRONG_SETUP` for lengths that are none, or the wrong way round */
export function requireLengths(piece: string, { min, max }: Required<LengthOptions>): void {
  const lengths = Number.isSafeInteger(min) && Number.isSafeInteger(max) && min >= 0
  if (lengths && min <= max) return
  throw new ValidationError(
    'WRONG_SETUP',
    `${piece} needs whole numbers with 0 ≤ min ≤ max, not ${min} and ${max}`,
  )
}
