import { CacheError } from './errors.ts'

/** A time that says its unit: `'250ms'`, `'30s'`, `'5m'`, `'12h'`, `'7d'`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Returns the milliseconds an option means, whichever of its two spellings was used; undefined when neither was. */
export function millisecondsOf(
  name: string,
  text: Duration | 'forever' | undefined,
  number: number | undefined,
): number | undefined {
  if (text !== undefined && number !== undefined) {
    throw invalid(name, `is given twice, as ${name} and as ${name}Ms`)
  }
  if (text !== undefined) return parse(name, text)
  if (number === undefined) return undefined
  if (typeof number !== 'number' || !(number >= 0)) {
    throw invalid(`${name}Ms`, `must be 0 or more milliseconds, not ${String(number)}`)
  }
  return Math.ceil(number)
}

function parse(name: string, text: string): number {
  if (text === 'forever') return Number.POSITIVE_INFINITY
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  if (amount === undefined) throw invalid(name, `must look like '30s' or '5m', not ${JSON.stringify(text)}`)
  return Math.ceil(Number(amount) * units[unit as keyof typeof units])
}

function invalid(name: string, problem: string): CacheError {
  return new CacheError('CACHE_OPTION_INVALID', `${name} ${problem}`)
}
