import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Variable } from './definition.ts'
import type { Problem } from './errors.ts'
import type { Layer } from './layers.ts'
import type { Found } from './lookup.ts'
import { nearMiss } from './near-miss.ts'

/** Says what is wrong with one variable, out of the issues about all of them. Without its value, in any form. */
export function problemOf(
  { name, info }: Variable,
  issues: readonly StandardSchemaV1.Issue[],
  found: Found | undefined,
  layers: readonly Layer[],
): Problem[] {
  const own = issues.filter(
    ({ path: [first] = [] }) => (typeof first === 'object' ? first.key : first) === name,
  )
  if (own.length === 0) return []
  const { description, expected } = info
  const about = description === undefined ? '' : ` (${description})`
  if (!found) {
    const written = nearMiss(
      name,
      layers.flatMap(({ values }) => [...values.keys()]),
    )
    const fix =
      written === undefined
        ? `set it${expected === undefined ? '' : ` to ${expected}`}`
        : `${written} is set, is that a typo?`
    return [{ variable: name, reason: `is missing${about}`, fix }]
  }
  const reason = info.expected === undefined ? reasonOf(own, found.text, info.secret) : `must be ${expected}`
  return [{ variable: name, reason: `${reason}${about}`, fix: `correct it in ${placeOf(found)}` }]
}

/** Another library's words, less whatever they repeat of the value; of a secret, not even those. */
function reasonOf(issues: readonly StandardSchemaV1.Issue[], text: string, secret = false): string {
  if (secret) return 'is not valid'
  const words = issues.map(({ message }) =>
    message
      .replace(/[,:;]?\s*\(?\b(but )?received\b.*$/is, '')
      .replaceAll(text, '…')
      .replaceAll(JSON.stringify(text).slice(1, -1), '…'),
  )
  return `is not valid: ${words.join('; ')}`
}

function placeOf({ source }: Found): string {
  return source === 'environment' ? 'the environment' : source
}
