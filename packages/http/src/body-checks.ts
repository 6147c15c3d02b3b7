import { HttpError } from './errors.ts'

/**
 * Returns the bare type in a `Content-Type` where it is one of `types` and in UTF-8, `undefined` otherwise;
 * `application/json` stands for `application/…+json` too.
 */
export function acceptedType(contentType: string | undefined, types: readonly string[]): string | undefined {
  if (contentType !== undefined && types.includes(contentType)) return contentType // as most say it, at once
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.replace(/^[ \t]+|[ \t]+$/g, '')) // trim() takes more than HTTP does (RFC 9110 §5.6.3)
  if (!types.includes(type) && !(isJson(type) && types.includes('application/json'))) return undefined
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length)
  return charset === undefined || /^"?utf-?8"?$/.test(charset) ? type : undefined
}

/** Tells whether a bare type, of `acceptedType`, is JSON. */
export function isJson(type: string): boolean {
  return /^application\/([\w.-]+\+)?json$/.test(type)
}

export interface Json {
  readonly text: string
  readonly value: unknown
}

/**
 * Reads bytes as JSON that is safe to work with, and returns its text and its value.
 *
 * @throws HttpError `MALFORMED_TEXT`, `TOO_DEEP`, `MALFORMED_JSON`
 */
export function parseJson(bytes: Uint8Array, maxDepth: number): Json {
  const text = decode(bytes)
  if (depthExceeds(bytes, maxDepth)) {
    throw new HttpError('TOO_DEEP', `The body is nested deeper than ${maxDepth} levels`, {
      params: { maxDepth },
    })
  }
  try {
    return { text, value: JSON.parse(text) }
  } catch {
    // The parser's own words repeat what the client sent.
    throw new HttpError('MALFORMED_JSON', 'The body is not readable JSON')
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A byte order mark stays, and is no JSON (RFC 8259 §8.1). */
function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new HttpError('MALFORMED_TEXT', 'The body is not UTF-8')
  }
}

/** Counts brackets outside of strings, before any parser recurses. */
function depthExceeds(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (inString) {
      if (byte === backslash) at++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === openBrace || byte === openBracket) {
      if (++depth > maxDepth) return true
    } else if (byte === closeBrace || byte === closeBracket) depth--
  }
  return false
}

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
