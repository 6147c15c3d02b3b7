import { cutGraphemes } from './cut-graphemes.ts'

/** The nth slug of its kind: `title`, `title-2`, `title-3`. What is too long loses its end, and never the number. */
export function numbered(base: string, number: number, maxLength: number): string {
  return number === 1 ? base : suffixed(base, String(number), maxLength)
}

/** A slug with a random end: one that nobody else has. */
export function withRandomTail(base: string, maxLength: number): string {
  return suffixed(base, randomTail(), maxLength)
}

function suffixed(base: string, suffix: string, maxLength: number): string {
  const stem = cutGraphemes(base, maxLength - suffix.length - 1).replace(/-$/, '')
  return stem === '' ? suffix : `${stem}-${suffix}`
}

/** 50 random bits in ten letters and digits that are not mistaken for each other. */
function randomTail(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return Array.from(bytes, (byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]).join('')
}
