import { type Definition, variablesOf } from './definition.ts'

/**
 * Writes the `.env.example` of a definition: every variable with its description and what it can be. Those that have
 * a default, or may be missing, are commented out. Compare it with the file in a test, and it stays true.
 */
export function envExample(definition: Definition): string {
  const blocks = variablesOf(definition).map(({ name, info }) => {
    const { description, expected, hasDefault, defaultText, optional, secret } = info
    const notes = [
      description,
      [expected, secret && 'secret', optional && 'optional'].filter(Boolean).join(', '),
    ]
    const free = optional || hasDefault
    return [
      ...notes
        .flatMap((note) => note?.split('\n') ?? [])
        .filter((line) => line)
        .map((line) => `# ${line}`),
      `${free ? '# ' : ''}${name}=${quoted(defaultText ?? '')}`,
    ].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

/** Quotes what would not be read back as it is. */
function quoted(text: string): string {
  if (/^[^\s#'"`\\]*$/.test(text)) return text
  const escaped = text
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
  return `"${escaped.replaceAll('\t', '\\t')}"`
}
