const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string)
}

/** Keeps the direction of a parameter's text from reordering what is around it, by U+2068 and U+2069. */
export function isolateDirection(text: string): string {
  return `\u2068${text}\u2069`
}
