/** An address as a number. IPv4 in IPv6 (`::ffff:192.0.2.1`) is IPv4. */
export interface IpAddress {
  readonly version: 4 | 6
  readonly bits: bigint
}

/** A range of addresses, `10.0.0.0/8`. */
export interface IpRange extends IpAddress {
  readonly prefix: number
}

/** Reads an address, in any of its spellings; `undefined` for everything else, zones included. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined
  return text.includes(':') ? parseIpv6(text) : ipv4(parseIpv4(text))
}

/** Reads `192.0.2.0/24`, or a single address as the range of itself. */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', length, ...rest] = text.split('/')
  const parsed = parseIp(address)
  if (!parsed || rest.length > 0) return undefined
  const width = widthOf(parsed)
  if (length === undefined) return { ...parsed, prefix: width }
  if (!/^\d{1,3}$/.test(length)) return undefined
  // A range of IPv4 that is written in IPv6 counts 96 bits more.
  const prefix = Number(length) - (parsed.version === 4 && address.includes(':') ? 96 : 0)
  return prefix >= 0 && prefix <= width ? { ...parsed, prefix } : undefined
}

export function isInRange(address: IpAddress, range: IpRange): boolean {
  const shift = BigInt(widthOf(range) - range.prefix)
  return address.version === range.version && address.bits >> shift === range.bits >> shift
}

/** The one spelling of an address (RFC 5952 without `::`, which nobody reads here). */
export function formatIp({ version, bits }: IpAddress): string {
  if (version === 4) {
    const number = Number(bits)
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`
  }
  return Array.from({ length: 8 }, (_, at) => ((bits >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(
    ':',
  )
}

function widthOf({ version }: IpAddress): number {
  return version === 4 ? 32 : 128
}

function ipv4(bits: bigint | undefined): IpAddress | undefined {
  return bits === undefined ? undefined : { version: 4, bits }
}

/** Leading zeros are refused: some read them as octal. */
function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return BigInt(parts.reduce((number, part) => number * 256 + Number(part), 0))
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, at) => words(half, at === halves.length - 1))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail ? missing < 1 : missing !== 0) return undefined
  const all = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])]
  const bits = all.reduce((sum, word) => (sum << 16n) | word, 0n)
  return bits >> 32n === 0xffffn ? { version: 4, bits: bits & 0xffffffffn } : { version: 6, bits }
}

/** The words of one half; the last of an address may be IPv4, which is two words. */
function words(half: string, isLast: boolean): bigint[] | undefined {
  if (half === '') return []
  const parts = half.split(':')
  const found: bigint[] = []
  for (const [at, part] of parts.entries()) {
    if (isLast && at === parts.length - 1 && part.includes('.')) {
      const bits = parseIpv4(part)
      if (bits === undefined) return undefined
      found.push(bits >> 16n, bits & 0xffffn)
    } else if (/^[\da-f]{1,4}$/i.test(part)) found.push(BigInt(`0x${part}`))
    else return undefined
  }
  return found
}
