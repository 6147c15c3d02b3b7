import { lessSpecific } from './locale-tag.ts'
import { createLocaleMatcher, type LocaleMatcher } from './match-locale.ts'

/** Browsers send fewer than twenty; what comes after is not looked at. */
const maxRanges = 100
const maxHeaderLength = 8192
const rangeAndWeight = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:\s*;\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?))?$/i

/**
 * Returns the supported locale an `Accept-Language` header likes best, spelled as it was given; `undefined` when it
 * names none of them. Whatever the header holds, it does not throw, in time proportional to its length.
 *
 * `*` stands for the first supported locale that the header does not name itself, and `q=0` refuses a language.
 *
 * @throws I18nError `LOCALE_INVALID` when a supported locale is not a language tag
 * @see RFC 4647 §3.4, RFC 9110 §12.5.4
 */
export function negotiate(
  header: string | null | undefined,
  supported: readonly string[],
): string | undefined {
  return createNegotiator(supported)(header)
}

/** The same for many headers. */
export function createNegotiator(
  supported: readonly string[],
  matcher: LocaleMatcher = createLocaleMatcher(supported),
): (header: string | null | undefined) => string | undefined {
  return function negotiate(header) {
    const weights = parseHeader(header ?? '')
    const wanted = [...weights].filter(([, weight]) => weight > 0).sort(([, a], [, b]) => b - a)
    for (const [range] of wanted) {
      const found =
        range === '*' ? supported.find((each) => weightOf(each, weights) === undefined) : matcher.match(range)
      if (found !== undefined && weightOf(found, weights) !== 0) return found
    }
    return undefined
  }
}

/** Reads ranges in lower case with their weights, in the order of the header. What is not well-formed is left out. */
function parseHeader(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.slice(0, maxHeaderLength).split(',', maxRanges)) {
    const [, range, weight = '1'] = rangeAndWeight.exec(part.trim()) ?? []
    if (range !== undefined && !weights.has(range.toLowerCase()))
      weights.set(range.toLowerCase(), Number(weight))
  }
  return weights
}

/** The weight of the most specific range that names a locale; `undefined` when none does. */
function weightOf(locale: string, weights: ReadonlyMap<string, number>): number | undefined {
  const named = lessSpecific(locale.replaceAll('_', '-').toLowerCase()).find((each) => weights.has(each))
  return named === undefined ? undefined : weights.get(named)
}
