/** A block of TypeScript in a Markdown file. */
export interface Snippet {
  /** Line of the opening fence, from 1. */
  readonly line: number
  /** Name of the file it becomes. */
  readonly file: string
  readonly code: string
  readonly runs: boolean
}

/** Finds the `ts` blocks, in order. Throws on a fence that says something unknown: nothing is left out by a typo. */
export function parseSnippets(markdown: string): Snippet[] {
  const snippets: Snippet[] = []
  for (const { line, info, code } of parseFences(markdown)) {
    const [language = '', ...words] = info.match(/[^\s"]+(?:"[^"]*")?/g) ?? []
    if (['typescript', 'tsx', 'mts'].includes(language))
      throw new Error(`line ${line}: write \`ts\`, not \`${language}\``)
    if (language !== 'ts') continue
    const file = titleOf(words, line) ?? `${String(snippets.length + 1).padStart(2, '0')}.ts`
    if (snippets.some((other) => other.file === file)) throw new Error(`line ${line}: a second ${file}`)
    snippets.push({ line, file, code, runs: !words.includes('no-run') })
  }
  return snippets
}

function titleOf(words: readonly string[], line: number): string | undefined {
  let title: string | undefined
  for (const word of words) {
    if (word === 'no-run') continue
    title = /^title="([\w.-]+\.ts)"$/.exec(word)?.[1]
    if (title === undefined)
      throw new Error(`line ${line}: \`${word}\` is neither \`no-run\` nor \`title="name.ts"\``)
  }
  return title
}

interface Fence {
  readonly line: number
  readonly info: string
  readonly code: string
}

/** Blocks between fences of CommonMark, also indented ones inside lists. */
function parseFences(markdown: string): Fence[] {
  const fences: Fence[] = []
  let open: { line: number; info: string; indent: string; mark: string; code: string[] } | undefined
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const [, indent = '', mark = '', info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(text) ?? []
    if (open === undefined) {
      if (mark !== '') open = { line: index + 1, info: info.trim(), indent, mark, code: [] }
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      fences.push({ line: open.line, info: open.info, code: `${open.code.join('\n')}\n` })
      open = undefined
    } else {
      open.code.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text.trimStart())
    }
  }
  if (open !== undefined) throw new Error(`line ${open.line}: this block is never closed`)
  return fences
}
