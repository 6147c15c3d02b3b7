import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account } from './account.ts'

/** A temporary folder and the process that works in it. Neither outlives our own process, however it ends. */
export interface PrivateFolder {
  readonly path: string
  /** Names the process group to end before the folder is removed, and how to end it. */
  inhabitedBy(group: number, signal: NodeJS.Signals): void
  vacated(): void
  remove(): Promise<void>
}

/** Makes a folder that only `account` may enter. */
export function privateFolder(account?: Account): PrivateFolder {
  const path = mkdtempSync(join(tmpdir(), 'fastkit-'))
  if (account) chownSync(path, account.uid, account.gid)

  const janitor = spawn('/bin/sh', ['-c', cleanUp, 'fastkit-janitor', path], {
    cwd: '/',
    detached: true, // Ctrl-C in the terminal is not for it
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const done = new Promise<void>((resolve, reject) => {
    janitor.once('close', () => resolve()).once('error', reject)
  })
  return { path, inhabitedBy, vacated, remove }

  function inhabitedBy(group: number, signal: NodeJS.Signals): void {
    janitor.stdin.write(`${group} ${signal.replace('SIG', '')}\n`)
  }

  function vacated(): void {
    janitor.stdin.write('\n')
  }

  function remove(): Promise<void> {
    janitor.stdin.end()
    return done
  }
}

/** Runs `work` with a private folder, which outlives it only when it succeeds. */
export async function inPrivateFolder<Result>(
  account: Account | undefined,
  work: (folder: PrivateFolder) => Promise<Result>,
): Promise<Result> {
  const folder = privateFolder(account)
  try {
    return await work(folder)
  } catch (error) {
    await folder.remove()
    throw error
  }
}

/**
 * The pipe closes when we close it and also when we are killed, which no handler in our own process would notice.
 * A server that was ended a moment ago may still be writing, hence the retries.
 */
const cleanUp = `
  while read -r group signal; do set -- "$1" "$group" "$signal"; done
  test -n "$2" && kill -s "$3" -- "-$2"
  for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- "$1" && exit; sleep 0.2; done
`
