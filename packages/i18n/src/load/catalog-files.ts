import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { I18nError } from '../errors.ts'
import { localeTag } from '../locale-tag.ts'

/** One JSON file with texts of one locale. */
export interface CatalogFile {
  readonly path: string
  readonly locale: string
  /** Below which keys its texts are: `['admin', 'users']` for `en/admin/users.json`; none for `en.json`. */
  readonly domain: readonly string[]
  readonly text: string
}

/**
 * Reads `<folder>/<locale>.json` and `<folder>/<locale>/<domain>.json`. Files of other kinds, and names that begin with
 * a dot, are left out.
 *
 * @throws I18nError `CATALOG_UNREADABLE`, `LOCALE_INVALID`, and `CATALOG_INVALID` for a file that is not UTF-8
 */
export async function readCatalogFiles(folder: string | URL): Promise<CatalogFile[]> {
  const root = folderPath(folder)
  try {
    const found = (await readdir(root)).filter((name) => !name.startsWith('.')).sort()
    const files = await Promise.all(found.map((name) => filesOf(root, name)))
    return await Promise.all(files.flat().map(readText))
  } catch (error) {
    if (error instanceof I18nError) throw error
    throw new I18nError('CATALOG_UNREADABLE', `The translations in ${root} cannot be read`, {
      params: { file: root },
      cause: error,
    })
  }
}

export function folderPath(folder: string | URL): string {
  return typeof folder === 'string' ? folder : fileURLToPath(folder)
}

type FilePlace = Omit<CatalogFile, 'text'>

/** Links are followed: where translations are mounted, each file is one. */
async function filesOf(root: string, name: string): Promise<FilePlace[]> {
  const path = join(root, name)
  if (!(await stat(path)).isDirectory()) {
    return name.endsWith('.json')
      ? [{ path, locale: requireLocale(basename(name, '.json'), path), domain: [] }]
      : []
  }
  const inside = (await readdir(path, { recursive: true })).filter((each) => each.endsWith('.json')).sort()
  const visible = inside
    .map((each) => each.slice(0, -'.json'.length).split(sep))
    .filter((domain) => !domain.some(isHidden))
  return visible.map((domain) => ({
    path: `${join(path, ...domain)}.json`,
    locale: requireLocale(name, path),
    domain,
  }))
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

function requireLocale(name: string, path: string): string {
  if (localeTag(name) !== undefined) return name
  throw new I18nError('LOCALE_INVALID', `${path} is named after no language, as en.json and pt-BR/ are`, {
    params: { file: path },
  })
}

async function readText(place: FilePlace): Promise<CatalogFile> {
  const bytes = await readFile(place.path)
  try {
    return { ...place, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (cause) {
    throw new I18nError('CATALOG_INVALID', `${place.path} is not UTF-8`, {
      params: { file: place.path },
      cause,
    })
  }
}
