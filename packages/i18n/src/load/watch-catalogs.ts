import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { folderPath } from './catalog-files.ts'
import { loadCatalogs } from './load-catalogs.ts'

export interface WatchOptions<Messages> {
  /** Gets all catalogues after a change: `i18n.replace` takes them. */
  readonly onChange: (catalogs: Record<string, Messages>) => void
  /** Hears of catalogues that cannot be loaded, and of what `onChange` throws. Those before stay in use. */
  readonly onError: (error: unknown) => void
}

export interface CatalogWatch {
  /** Stops watching; nothing is called any more. */
  close(): void
}

/** An editor saves in several steps. */
const settleMs = 50

/**
 * Loads the catalogues again whenever a file in the folder changes, all together. For development: it does not keep
 * the process alive. What `loadCatalogs` does first is not done.
 */
export function watchCatalogs<Messages extends object = Record<string, unknown>>(
  folder: string | URL,
  { onChange, onError }: WatchOptions<Messages>,
): CatalogWatch {
  const root = folderPath(folder)
  let watchers: readonly FSWatcher[] = []
  let settling: NodeJS.Timeout | undefined
  let latest = 0
  watchFolders()
  return { close }

  function close(): void {
    latest = Number.POSITIVE_INFINITY
    clearTimeout(settling)
    for (const watcher of watchers) watcher.close()
  }

  function changed(): void {
    clearTimeout(settling)
    settling = setTimeout(() => void reload(), settleMs).unref()
  }

  async function reload(): Promise<void> {
    const turn = ++latest
    try {
      watchFolders() // before the files are read: what changes from here on is another change
      const catalogs = await loadCatalogs<Messages>(root)
      if (turn === latest) onChange(catalogs)
    } catch (error) {
      if (turn === latest) onError(error)
    }
  }

  /** Folder by folder: Node watches deeper only on some systems. */
  function watchFolders(): void {
    const entries = readdirSync(root, { withFileTypes: true, recursive: true })
    const below = entries
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name))
    const old = watchers
    watchers = [
      // The folder itself may go and come back, as when another branch is checked out.
      start(dirname(root), (name) => {
        if (name === basename(root)) changed()
      }),
      ...[root, ...below].map((path) => start(path, changed)),
    ]
    for (const watcher of old) watcher.close()
  }

  function start(path: string, onName: (name: string | null) => void): FSWatcher {
    return watch(path, { persistent: false }, (_, name) => onName(name)).on('error', onError)
  }
}
