import { HttpError } from './errors.ts'

/** One entity tag, `"3"` or `W/"3"`. */
export interface ETag {
  readonly value: string
  readonly weak: boolean
}

/** More are no list that a client has made of what it has seen. */
const maxTags = 20

/**
 * Reads an `If-Match`: its tags, or `'*'` for any. Elements of the list that are empty do not count.
 *
 * @throws HttpError `IF_MATCH_INVALID`
 * @see RFC 9110 §5.6.1, §8.8.3, §13.1.1
 */
export function parseIfMatch(header: string): readonly ETag[] | '*' {
  if (header.trim() === '*') return '*'
  const tags: ETag[] = []
  let end = 0
  for (const found of header.matchAll(/[ \t,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,|$)/gy)) {
    tags.push({ value: found[2] as string, weak: found[1] !== undefined })
    end = found.index + found[0].length
  }
  if (tags.length === 0 || tags.length > maxTags || /[^ \t,]/.test(header.slice(end))) {
    throw new HttpError('IF_MATCH_INVALID', `If-Match has * or up to ${maxTags} ETags in quotes`)
  }
  return tags
}

/** The tag of a version, `"3"`, or `"3.de"` of one of the forms it is sent in. */
export function versionTag(version: number, variant?: string): string {
  if (!Number.isSafeInteger(version) || version < 0) {
    throw new HttpError('WRONG_SETUP', `A version is a whole number from 0, not ${version}`)
  }
  if (variant !== undefined && !/^[\w-]+$/.test(variant)) {
    throw new HttpError('WRONG_SETUP', 'A variant has letters, digits, - and _ only')
  }
  return variant === undefined ? `"${version}"` : `"${version}.${variant}"`
}

/** The version in a tag of `versionTag`; `undefined` for any other tag. */
export function versionIn({ value }: ETag): number | undefined {
  const version = Number(/^(0|[1-9]\d{0,15})(\.[\w-]+)?$/.exec(value)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(version) ? version : undefined
}
