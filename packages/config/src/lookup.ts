import { ConfigError, type Problem } from './errors.ts'
import { fileSystem } from './file-system.ts'
import { isWorldReadable, type Layer } from './layers.ts'

/** The text of a variable, and where it came from. */
export interface Found {
  readonly text: string
  readonly source: string
  /** Whether anyone on the machine may read the file it came from. */
  readonly worldReadable: boolean
}

/**
 * Finds a variable in the highest layer that has it. Empty is the same as missing. `NAME_FILE` stands for the content
 * of a file, without the line end at its end.
 */
export function lookUp(
  name: string,
  layers: readonly Layer[],
  declared: ReadonlySet<string>,
): Found | Problem | undefined {
  const pointer = `${name}_FILE`
  for (const { source, values, worldReadable = false } of layers.toReversed()) {
    const text = values.get(name) || undefined
    const path = declared.has(pointer) ? undefined : values.get(pointer) || undefined
    if (text !== undefined && path !== undefined) {
      return { variable: name, reason: `and ${pointer} are both set in ${source}`, fix: 'keep one of them' }
    }
    if (text !== undefined) return { text, source, worldReadable }
    const pointed = path === undefined ? undefined : readPointed(name, pointer, path)
    if (pointed) return pointed
  }
  return undefined
}

function readPointed(name: string, pointer: string, path: string): Found | Problem | undefined {
  try {
    const files = fileSystem()
    const text = files
      .readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r?\n$/, '')
    return text === '' ? undefined : { text, source: pointer, worldReadable: isWorldReadable(files, path) }
  } catch (error) {
    // Not the path: somebody may have put the value itself there.
    if (error instanceof ConfigError) throw error
    const { code = 'unknown' } = error as { code?: string }
    return { variable: name, reason: `cannot be read (${code})`, fix: `correct the path in ${pointer}` }
  }
}
