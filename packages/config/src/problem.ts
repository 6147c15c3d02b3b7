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
  declared: ReadonlySet<string>,
): Problem[] {
  const own = issues.filter(
    ({ path: [first] = [] }) => (typeof first === 'object' ? first.key : first) === name,
  )
  if (own.length === 0) return []
  const { description, expected } = info
  const about = description === undefined ? '' : ` (${description})`
  if (!found) {
    const written = nearMiss(name, strangers(layers, declared))
    const fix =
      written === undefined
        ? `set it${expected === undefined ? '' : ` to ${expected}`}`
        : `${written} is set, is that a typo?`
    return [{ variable: name, reason: `is missing${about}`, fix }]
  }
  const reason = expected === undefined ? reasonOf(own, found.text) : `must be ${expected}`
  return [{ variable: name, reason: `${reason}${about}`, fix: `correct it in ${placeOf(found)}` }]
}

/** Names that are set and mean nothing here. */
function strangers(layers: readonly Layer[], declared: ReadonlySet<string>): string[] {
  return layers.flatMap(({ values }) =>
    [...values].flatMap(([name, text]) => (text === '' || declared.has(name) ? [] : [name])),
  )
}

/**
 * What kind of rule it was, `email`, and nothing of another library's words: they repeat values in more ways than can
 * be undone.
 */
function reasonOf(issues: readonly StandardSchemaV1.Issue[], text: string): string {
  const rules = new Set(issues.map(ruleOf).filter((rule) => rule !== undefined && !text.includes(rule)))
  return rules.size === 0 ? 'is not valid' : `is not valid (${[...rules].join(', ')})`
}

function ruleOf(issue: StandardSchemaV1.Issue): string | undefined {
  const { format, type, code } = issue as { format?: unknown; type?: unknown; code?: unknown }
  return [format, type, code].find(
    (word): word is string => typeof word === 'string' && /^[a-z][\w-]{0,30}$/.test(word),
  )
}

function placeOf({ source }: Found): string {
  return source === 'environment' ? 'the environment' : source
}
