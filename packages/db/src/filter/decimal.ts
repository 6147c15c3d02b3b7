/** Writes a decimal without an exponent: a number, a text, or what Prisma returns. */
export function plainDecimal(value: unknown): string {
  const text = String(value)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const shift = Number(exponent)
  if (shift === 0) return text
  const digits = whole + fraction
  const point = whole.length + shift
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Compares two decimals digit by digit. A number counts as the decimal it is printed as. */
export function compareDecimals(left: unknown, right: unknown): number {
  const [a, b] = [partsOf(left), partsOf(right)]
  const places = Math.max(a.fraction.length, b.fraction.length)
  const [x, y] = [scaled(a, places), scaled(b, places)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Adds two decimals, with all their digits. */
export function addDecimals(left: unknown, right: unknown): string {
  const [a, b] = [partsOf(left), partsOf(right)]
  const places = Math.max(a.fraction.length, b.fraction.length)
  const sum = scaled(a, places) + scaled(b, places)
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0')
  const point = digits.length - places
  return `${sum < 0n ? '-' : ''}${digits.slice(0, point)}${places > 0 ? `.${digits.slice(point)}` : ''}`
}

interface Parts {
  readonly sign: string
  readonly whole: string
  readonly fraction: string
}

function partsOf(value: unknown): Parts {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plainDecimal(value)) ?? []
  return { sign, whole, fraction }
}

function scaled({ sign, whole, fraction }: Parts, places: number): bigint {
  return BigInt(`${sign}${whole}${fraction.padEnd(places, '0')}`)
}
