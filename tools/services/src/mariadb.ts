import { join } from 'node:path'
import { createConnection } from 'mariadb'
import { unprivilegedAccount } from './account.ts'
import { runChild } from './child.ts'
import { inPrivateFolder } from './private-folder.ts'
import { startServer } from './server.ts'
import type { Service } from './service.ts'

export const mariadb: Service = {
  name: 'mariadb',
  urlVariable: 'FASTKIT_TEST_MARIADB_URL',
  howToInstall: 'apt-get install mariadb-server',
  async start(machine) {
    const installer = machine.findProgram('mariadb-install-db')
    const program = machine.findProgram('mariadbd') ?? machine.findProgram('mysqld')
    if (installer === undefined || program === undefined) return undefined
    const account = unprivilegedAccount(['mysql', 'nobody'])
    return inPrivateFolder(account, async (folder) => {
      // A server that starts removes the temporary tables of others in the folder they share.
      const data = [`--datadir=${join(folder.path, 'data')}`, `--tmpdir=${folder.path}`]
      const install = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve']
      await runChild(installer, ['--no-defaults', ...data, ...install], { folder, account })
      return startServer({
        program,
        args: (port) => [
          ...['--no-defaults', ...data, `--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve'],
          ...['--socket=mariadb.sock', '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0'],
          ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci'],
        ],
        url: (port) => `mysql://root@127.0.0.1:${port}/mysql`,
        ping,
        folder,
        account,
        stopSignal: 'SIGKILL', // nothing to save
        lastSignal: 'SIGKILL',
      })
    })
  },
  ping,
}

async function ping(url: string): Promise<void> {
  const connection = await createConnection(url.replace(/^mysql:/, 'mariadb:'))
  await connection.query('SELECT 1')
  await connection.end()
}
