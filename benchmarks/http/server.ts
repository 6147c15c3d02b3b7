import { serve } from '@fastkit/http/node'
import type { Hono } from 'hono'
import { apps } from './apps.ts'
import { databaseApps } from './database-apps.ts'

/** Serves contenders, one of `apps` or all over a database: says their ports, and the CPU time used whenever asked. */
const name = process.argv[2]
const contenders: Readonly<Record<string, Hono>> =
  name === undefined ? await databaseApps() : { [name]: (apps[name] as () => Hono)() }
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
if (name !== undefined) process.on('disconnect', () => process.exit())
process.send?.(ports)
