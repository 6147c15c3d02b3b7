import { I18nError } from '../errors.ts'
import { isObject } from '../is-object.ts'
import { findJsonFaults } from '../json-faults.ts'
import { type CatalogFile, readCatalogFiles } from './catalog-files.ts'

type Catalog = Readonly<Record<string, unknown>>

/**
 * Loads the catalogues of a folder: `en.json`, or `en/invoices.json`, whose texts are below `invoices`, or both. The
 * names of files and folders are the locales.
 *
 * `Messages` is what the default locale's texts are known to be, `typeof import('./en.json')` for
 * instance; nothing is checked against it.
 *
 * @param folder Relative to the working directory, or a URL: `new URL('../translations', import.meta.url)`.
 * @throws I18nError `CATALOG_INVALID` with file, line and column for broken JSON; `CATALOG_CONFLICT` for two files with
 *   the same keys; `CATALOG_UNREADABLE`, `LOCALE_INVALID`
 */
export async function loadCatalogs<Messages extends object = Record<string, unknown>>(
  folder: string | URL,
): Promise<Record<string, Messages>> {
  const catalogs = new Map<string, Catalog>()
  const files = await readCatalogFiles(folder)
  for (const file of files.toSorted((a, b) => a.domain.length - b.domain.length)) {
    catalogs.set(file.locale, insert(catalogs.get(file.locale) ?? {}, file.domain, file))
  }
  return Object.fromEntries(catalogs) as Record<string, Messages>
}

/** Parses a file. @throws I18nError `CATALOG_INVALID` */
export function parseCatalog({ path, text }: CatalogFile): Catalog {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    const fault = findJsonFaults(text).find(({ kind }) => kind === 'syntax')
    const { line = 1, column = 1, problem = 'is not JSON' } = fault ?? {}
    throw new I18nError('CATALOG_INVALID', `${path}:${line}:${column}: ${problem}`, {
      params: { file: path, line, column },
      cause,
    })
  }
  if (isObject(parsed)) return parsed
  throw new I18nError('CATALOG_INVALID', `${path} must hold an object, { "key": "text" }`, {
    params: { file: path },
  })
}

function insert(tree: Catalog, [head, ...rest]: readonly string[], file: CatalogFile): Catalog {
  if (head === undefined) return { ...tree, ...parseCatalog(file) }
  const below = Object.hasOwn(tree, head) ? tree[head] : undefined
  if (below !== undefined && (rest.length === 0 || !isObject(below))) {
    const message = `${file.path}: another file of ${file.locale} has texts at "${file.domain.join('.')}" as well`
    throw new I18nError('CATALOG_CONFLICT', message, { params: { file: file.path } })
  }
  return { ...tree, [head]: insert((below ?? {}) as Catalog, rest, file) }
}
