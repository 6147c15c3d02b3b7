import { createHash } from 'node:crypto'

/** SHA-256 in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** SHA-1 in hexadecimal, by which Redis knows its scripts. */
export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
