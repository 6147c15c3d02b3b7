import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** 256 bits over a text, for URLs. With a secret, nobody else can make them. */
export function seal(text: string, secret: string | undefined): string {
  const hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  return hash.update(text).digest('base64url')
}

/** Takes as long for a seal that is nearly right as for any other. */
export function isSealOf(given: string, text: string, secret: string | undefined): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(seal(text, secret))]
  return one.length === other.length && timingSafeEqual(one, other)
}
