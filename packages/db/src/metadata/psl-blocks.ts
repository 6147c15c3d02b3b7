import { type Token, tokensOf } from './psl-tokens.ts'

/** `model Book { … }` with its lines, each a list of tokens. A line goes on while a bracket is open. */
export interface Block {
  readonly keyword: string
  readonly name: string
  readonly lines: readonly (readonly Token[])[]
}

/** Reads the blocks of a Prisma schema, whatever they are. */
export function blocksOf(schema: string): Block[] {
  const tokens = tokensOf(schema).values()
  const blocks: Block[] = []
  let head: string[] = []
  for (const { kind, text } of tokens) {
    if (kind === 'word') head.push(text)
    else if (text === '{') {
      const [keyword = '', name = ''] = head
      blocks.push({ keyword, name, lines: linesOf(tokens) })
      head = []
    } else head = []
  }
  return blocks
}

function linesOf(tokens: Iterator<Token>): Token[][] {
  const lines: Token[][] = []
  let line: Token[] = []
  let depth = 0
  for (let { done, value } = tokens.next(); !done; { done, value } = tokens.next()) {
    const token = value as Token
    if (depth === 0 && isMark(token, '}')) break
    if (token.kind === 'newline') {
      if (depth > 0) continue
      if (line.length > 0) lines.push(line)
      line = []
      continue
    }
    if (opens(token)) depth += 1
    if (closes(token)) depth -= 1
    line.push(token)
  }
  return line.length > 0 ? [...lines, line] : lines
}

export function isMark({ kind, text }: Token, mark: string): boolean {
  return kind === 'mark' && text === mark
}

export function opens(token: Token): boolean {
  return token.kind === 'mark' && '([{'.includes(token.text)
}

export function closes(token: Token): boolean {
  return token.kind === 'mark' && ')]}'.includes(token.text)
}
