import { parseDotEnv } from './dot-env.ts'
import { ConfigError, invalidConfig } from './errors.ts'
import { type FileSystem, fileSystem } from './file-system.ts'

/** Variables of one origin. */
export interface Layer {
  /** `environment`, or the name of a file. */
  readonly source: string
  readonly values: ReadonlyMap<string, string>
  /** Whether others than the owner and group may read the file. */
  readonly worldReadable?: boolean
}

export type Profile = 'development' | 'test' | 'staging' | 'production'

/** The files of a profile, lowest precedence first. */
export function dotEnvFiles(profile: Profile): string[] {
  return ['.env', `.env.${profile}`, '.env.local', `.env.${profile}.local`]
}

/** Reads the `.env` files there are in a folder, and in no other; those that are missing do not matter. */
export function readDotEnvFiles(directory: string, profile: Profile): Layer[] {
  const files = fileSystem()
  readOrFail(directory, () => files.statSync(directory))
  return dotEnvFiles(profile).flatMap((source) => {
    const read = readIfThere(files, `${directory}/${source}`)
    return read ? [{ source, values: parseNamed(source, read.text), worldReadable: read.worldReadable }] : []
  })
}

/** The real environment: text, and numbers and booleans as text, copied, so that later changes do not matter. */
export function environmentLayer(env: Readonly<Record<string, unknown>>): Layer {
  const readable = Object.entries(env).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  return { source: 'environment', values: new Map(readable.map(([name, value]) => [name, String(value)])) }
}

function readIfThere(files: FileSystem, path: string): { text: string; worldReadable: boolean } | undefined {
  return readOrFail(path, () => {
    try {
      return { text: files.readFileSync(path, 'utf8'), worldReadable: isWorldReadable(files, path) }
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return undefined
      throw error
    }
  })
}

export function isWorldReadable(files: FileSystem, path: string): boolean {
  return (files.statSync(path).mode & 0o004) !== 0
}

function readOrFail<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string }
    throw invalidConfig([
      { variable: path, reason: `cannot be read (${code})`, fix: 'correct it, or leave it out' },
    ])
  }
}

function parseNamed(source: string, text: string): Map<string, string> {
  try {
    return parseDotEnv(text)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(error.code, `${source}: ${error.message}`)
  }
}
