/** Something wrong in a JSON text. */
export interface JsonFault {
  /** From 1, as editors count. */
  readonly line: number
  readonly column: number
  readonly problem: string
  readonly kind: 'syntax' | 'duplicate'
}

/** Deeper than any catalogue, shallower than the stack. */
const maxDepth = 500
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const space = /[ \t\n\r]*/y
const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * Finds keys that an object has twice, of which `JSON.parse` drops one without a word, and the place where a text stops
 * to be JSON, which `JSON.parse` names on some versions of Node only.
 */
export function findJsonFaults(text: string): JsonFault[] {
  const faults: JsonFault[] = []
  let at = 0
  try {
    readValue(0)
    if (peek() !== undefined) stop('there is something after the end')
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    faults.push(faultAt(error.offset, error.problem, 'syntax'))
  }
  return faults

  function readValue(depth: number): void {
    if (depth > maxDepth) stop(`is nested more than ${maxDepth} deep`)
    const next = peek()
    if (next === '{') readObject(depth)
    else if (next === '[') readArray(depth)
    else if (next === '"') readString()
    else if (!take(scalar)) stop(`a value cannot begin with ${JSON.stringify(next)}`)
  }

  function readObject(depth: number): void {
    const keys = new Set<string>()
    readEntries('}', () => {
      if (peek() !== '"') stop('a key in double quotes belongs here')
      const start = at
      const key = readString()
      if (keys.has(key))
        faults.push(faultAt(start, `the key ${JSON.stringify(key)} is there twice`, 'duplicate'))
      keys.add(key)
      if (peek() !== ':') stop('a colon belongs after a key')
      at++
      readValue(depth + 1)
    })
  }

  function readArray(depth: number): void {
    readEntries(']', () => readValue(depth + 1))
  }

  function readEntries(end: string, readEntry: () => void): void {
    at++
    if (peek() === end) {
      at++
      return
    }
    for (;;) {
      readEntry()
      const next = peek()
      if (next !== ',' && next !== end) stop(`a comma or ${end} belongs here`)
      at++
      if (next === end) return
      if (peek() === end) stop(`there is a comma before ${end}`)
    }
  }

  function readString(): string {
    const start = at++
    while (text[at] !== '"') {
      const character = text[at]
      if (character === undefined || character < ' ') stop('a text does not end on its line')
      if (character !== '\\') at++
      else if (!take(escapes)) stop('there is no such escape; write \\\\ for a backslash')
    }
    at++
    return JSON.parse(text.slice(start, at)) as string
  }

  function peek(): string | undefined {
    take(space)
    return text[at]
  }

  function take(token: RegExp): boolean {
    token.lastIndex = at
    const found = token.exec(text)
    at += found?.[0].length ?? 0
    return found !== null
  }

  function stop(problem: string): never {
    throw new Stop(at, at < text.length ? problem : 'ends too early')
  }

  function faultAt(offset: number, problem: string, kind: JsonFault['kind']): JsonFault {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1) as string).length + 1, problem, kind }
  }
}

class Stop extends Error {
  readonly offset: number
  readonly problem: string

  constructor(offset: number, problem: string) {
    super(problem)
    this.offset = offset
    this.problem = problem
  }
}
