import type { ReadRow } from '../../rewrite/rules.ts'

/** Makes the texts of a row the one that is found first, or `null`. Columns that were not read stay away. */
export function readTexts(fields: Iterable<string>, chain: readonly string[]): ReadRow {
  const names = [...fields]
  return (row) => {
    for (const name of names) {
      const texts = row[name]
      // What is no map is no row of the table either, but a count of them.
      if (typeof texts === 'object' && texts !== null) row[name] = textOf(texts, chain)
    }
  }
}

function textOf(texts: object, chain: readonly string[]): string | null {
  for (const locale of chain) {
    const text: unknown = Object.hasOwn(texts, locale) ? texts[locale as keyof typeof texts] : undefined
    if (typeof text === 'string') return text
  }
  return null
}
