import { serve } from '@fastkit/http/node'
import type { Hono } from 'hono'
import { apps } from './apps.ts'
import { databaseApps } from './database-apps.ts'

/**
 * Serves all contenders of a table from one process, since two processes of the same code differ by a tenth and more:
 * says their ports, and the CPU time used whenever asked.
 */
const contenders: Readonly<Record<string, Hono>> = process.argv[2] === 'apps' ? apps() : await databaseApps()
const ports: Record<string, number> = {}
for (const [name, app] of Object.entries(contenders)) {
  // Connections stay while the others take their turns.
  const { url } = await serve(app, { port: 0, signals: [], server: { keepAliveTimeout: 0 } })
  ports[name] = Number(new URL(url).port)
}
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
if (process.argv[2] === 'apps') process.on('disconnect', () => process.exit())
process.send?.(ports)
