import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type Account, unprivilegedAccount } from './account.ts'
import { runChild } from './child.ts'
import type { Machine } from './machine.ts'
import { inPrivateFolder, type PrivateFolder } from './private-folder.ts'
import { startServer } from './server.ts'
import type { Service } from './service.ts'

export const postgresql: Service = {
  name: 'postgresql',
  urlVariable: 'FASTKIT_TEST_POSTGRESQL_URL',
  howToInstall: 'apt-get install postgresql',
  async start(machine) {
    const account = unprivilegedAccount(['postgres', 'nobody'])
    return inPrivateFolder(account, async (folder) => {
      const programs = await findPrograms(machine, folder, account)
      if (programs === undefined) {
        await folder.remove()
        return undefined
      }
      const data = join(folder.path, 'data')
      const cluster = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
      await runChild(join(programs, 'initdb'), cluster, { folder, account })
      return startServer({
        program: join(programs, 'postgres'),
        args: (port) => [
          ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
          ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
        ],
        url: (port) => `postgresql://postgres@127.0.0.1:${port}/postgres`,
        ping,
        folder,
        account,
        stopSignal: 'SIGINT', // "fast shutdown": does not wait for clients
        lastSignal: 'SIGQUIT', // "immediate shutdown": still frees its shared memory
      })
    })
  },
  ping,
}

/** The folder of a PostgreSQL that `account` may run. */
async function findPrograms(
  machine: Machine,
  folder: PrivateFolder,
  account: Account | undefined,
): Promise<string | undefined> {
  const installed = machine.findProgram('initdb', debianFolders())
  if (installed !== undefined) {
    const programs = dirname(realpathSync(installed))
    if (canRun(join(programs, 'postgres'), account)) return programs
  }
  const embedded = await machine.findEmbeddedInitdb()
  if (embedded === undefined) return undefined
  if (canRun(embedded, account)) return dirname(embedded)
  // The checkout may lie below a folder that only root can enter.
  const copy = join(folder.path, 'postgresql')
  cpSync(dirname(dirname(embedded)), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

/** Debian keeps one folder per major version outside PATH; newest first. */
function debianFolders(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(root, version, 'bin'))
}

function canRun(program: string, account: Account | undefined): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined) // a lost connection also rejects the query
  try {
    await client.connect()
    await client.query('SELECT 1')
  } finally {
    await client.end()
  }
}
