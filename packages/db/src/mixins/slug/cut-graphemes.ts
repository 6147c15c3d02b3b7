const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The beginning of a text that has at most so many UTF-16 units and does not end within a character as people see it. */
export function cutGraphemes(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const within = segmenter.segment(text).containing(maxLength)
  return text.slice(0, within?.index ?? maxLength)
}
