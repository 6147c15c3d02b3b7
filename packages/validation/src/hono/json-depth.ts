/** As in `bodyGuard` of @fastkit/http. A recursive schema has a path to make for each level of each issue. */
export const maxJsonDepth = 64

/** Counts brackets outside of strings, in one pass. What is no JSON is left to the parser. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at)
    if (inString) {
      if (char === backslash) at++
      else if (char === quote) inString = false
    } else if (char === quote) inString = true
    else if (char === openBrace || char === openBracket) {
      if (++depth > maxJsonDepth) return true
    } else if (char === closeBrace || char === closeBracket) depth--
  }
  return false
}

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
