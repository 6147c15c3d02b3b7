import { serve } from '@fastkit/http/node'
import { apps } from './apps.ts'

/** One contender in a process of its own: says its port, and the CPU time it has used whenever it is asked. */
const build = apps[process.argv[2] ?? '']
if (!build) throw new Error(`There is no app '${process.argv[2]}'`)
const { url } = await serve(build(), { port: 0, signals: [] })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => process.exit())
process.send?.(Number(new URL(url).port))
