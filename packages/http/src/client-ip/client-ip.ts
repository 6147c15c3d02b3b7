import { HttpError } from '../errors.ts'
import { formatIp, type IpAddress, type IpRange, isInRange, parseIp, parseRange } from './ip-address.ts'

/** Which proxies stand before the app: how many, or their addresses and ranges, `['10.0.0.0/8', '::1']`. */
export type TrustedProxies = number | readonly string[]

/** What a request says about where it comes from. */
export interface RequestOrigin {
  /** The address of whoever opened the connection. */
  readonly remoteAddress: string | undefined
  /** What the proxies wrote, the value of one header. */
  readonly forwarded: string | undefined
  /** In which way. */
  readonly header: 'x-forwarded-for' | 'forwarded'
}

/**
 * Makes a function that finds the client behind proxies that are trusted. Without any, it is whoever opened the
 * connection: what a header says, anybody can write.
 *
 * The header is read from its end, where the nearest proxy wrote. The client is the first address there that is no
 * trusted proxy; what stands before it, the client may have written itself. A part that is no address ends the search at
 * the proxy that passed it on.
 *
 * @throws HttpError `WRONG_SETUP` for a proxy that is no address or range
 */
export function clientIpFinder(trusted: TrustedProxies = []): (origin: RequestOrigin) => string | undefined {
  const ranges = typeof trusted === 'number' ? [] : trusted.map(rangeOf)
  const isTrusted =
    typeof trusted === 'number'
      ? (_: IpAddress, hop: number) => hop < trusted
      : (address: IpAddress) => ranges.some((range) => isInRange(address, range))

  return function findClientIp({ remoteAddress, forwarded, header }) {
    let client = parseIp(remoteAddress ?? '')
    if (!client) return undefined
    if (!isTrusted(client, 0) || forwarded === undefined) return formatIp(client)
    const hops = lastParts(forwarded, header)
    for (const [at, part] of hops.entries()) {
      const next = parseIp(addressOf(part, header))
      if (!next) break
      client = next
      if (!isTrusted(next, at + 1)) break
    }
    return formatIp(client)
  }
}

/** More proxies than anybody has; the rest of a longer header is never looked at. */
const maxHops = 32

function lastParts(header: string, name: RequestOrigin['header']): string[] {
  const text = header.slice(-4096)
  // Of X-Forwarded-For, whose parts have no quotes, those of a client could hide what proxies wrote behind them.
  return name === 'forwarded' ? lastElements(text) : text.split(',').reverse().slice(0, maxHops)
}

/**
 * From the end as well: a proxy closes the quotes it opens, around a `Host` for one, and a client before it need not.
 */
function lastElements(text: string): string[] {
  const elements: string[] = []
  let [end, quoted] = [text.length, false]
  for (let at = text.length - 1; at >= 0 && elements.length < maxHops; at--) {
    if (text[at] === '"' && !isEscaped(text, at)) quoted = !quoted
    else if (text[at] === ',' && !quoted) {
      elements.push(text.slice(at + 1, end))
      end = at
    }
  }
  return elements.length < maxHops ? [...elements, text.slice(0, end)] : elements
}

/** An even number of backslashes are backslashes. */
function isEscaped(text: string, at: number): boolean {
  let start = at
  while (text[start - 1] === '\\') start--
  return (at - start) % 2 === 1
}

function rangeOf(text: string): IpRange {
  const range = parseRange(text)
  if (!range) throw new HttpError('WRONG_SETUP', `The trusted proxy '${text}' is no address and no range`)
  return range
}

/** `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`; in `Forwarded` as `for="…"` (RFC 7239 §6). */
function addressOf(part: string, header: RequestOrigin['header']): string {
  const text = header === 'forwarded' ? forOf(part) : part
  const trimmed = text.trim()
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(trimmed)?.[1]
  return bracketed ?? trimmed.replace(/^([\d.]+):\d{1,5}$/, '$1')
}

/** A pair is taken whole, so what is in the quotes of another is none. */
const pairs = /(?:^|;)\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^";]*))\s*(?=;|$)/g

function forOf(element: string): string {
  for (const [, name, quoted, plain] of element.matchAll(pairs)) {
    if (name?.toLowerCase() === 'for') return quoted ?? plain ?? ''
  }
  return ''
}

/**
 * The part of an address that stands for one client: all of IPv4, and the first 64 bits of IPv6, of which one client
 * has 2⁶⁴ addresses at least.
 */
export function clientNetwork(ip: string): string {
  const address = ip.includes(':') ? parseIp(ip) : undefined
  if (address?.version !== 6) return ip
  return `${formatIp({ version: 6, bits: (address.bits >> 64n) << 64n })}/64`
}
