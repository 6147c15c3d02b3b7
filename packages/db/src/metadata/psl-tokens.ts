/** A piece of a Prisma schema. Comments are gone, the text of a string is unescaped. */
export interface Token {
  readonly kind: 'word' | 'string' | 'mark' | 'newline'
  readonly text: string
}

const pattern = /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|"((?:[^"\\\n]|\\.)*)"|([\p{L}\p{N}_-]+)|(\r?\n)|([^\s])/gu

/** Cuts a Prisma schema into tokens, so that no brace in a comment or string is mistaken for one. */
export function tokensOf(schema: string): Token[] {
  const tokens: Token[] = []
  for (const [, comment, string, word, newline, mark] of schema.matchAll(pattern)) {
    if (comment !== undefined) continue
    if (string !== undefined) tokens.push({ kind: 'string', text: unescaped(string) })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (newline !== undefined) tokens.push({ kind: 'newline', text: '\n' })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
  }
  return tokens
}

/** Prisma knows JSON's escapes. A string that uses any other is taken as it stands. */
function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}
