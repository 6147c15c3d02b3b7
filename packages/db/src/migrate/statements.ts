/** What may hide a semicolon in MySQL's SQL: strings, quoted names, comments. */
const tokens =
  /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`(?:[^`]|``)*`|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|;/g

/** Splits a MySQL script into statements. `DELIMITER` belongs to MySQL's shell and is not understood. */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let start = 0
  let bare = ''
  let end = 0
  for (const { 0: token, index } of script.matchAll(tokens)) {
    bare += script.slice(end, index)
    end = index + token.length
    if (token === ';') {
      push(index)
      start = end
    } else if (!isComment(token)) bare += token
  }
  bare += script.slice(end)
  push(script.length)
  return statements

  function push(to: number): void {
    if (bare.trim() !== '') statements.push(script.slice(start, to).trim())
    bare = ''
  }
}

/** `/*!` is not one: MySQL runs what is inside. */
function isComment(token: string): boolean {
  return (
    token.startsWith('--') || token.startsWith('#') || (token.startsWith('/*') && !token.startsWith('/*!'))
  )
}
