import { serve } from '@fastkit/http/node'
import { apps } from './apps.ts'
import { databaseApps } from './database-apps.ts'

/** One contender in a process of its own: says its port, and the CPU time it has used whenever it is asked. */
const name = process.argv[2] ?? ''
const build = apps[name] ?? databaseApps[name]
if (!build) throw new Error(`There is no app '${name}'`)
// Connections stay while the others take their turns.
const { url } = await serve(await build(), { port: 0, signals: [], server: { keepAliveTimeout: 0 } })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
if (!databaseApps[name]) process.on('disconnect', () => process.exit())
process.send?.(Number(new URL(url).port))
