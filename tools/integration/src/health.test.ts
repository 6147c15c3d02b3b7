import { ping } from '@fastkit/db'
import { healthRoutes } from '@fastkit/http/hono'
import { serve } from '@fastkit/http/node'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { startCuttingProxy } from '../test/services/cutting-proxy.ts'
import { openDatabase, providers } from '../test/services/databases.ts'

test.for(providers.filter((provider) => provider !== 'sqlite'))(
  'an app whose %s is gone answers 503, as long as it is gone',
  async (provider) => {
    const database = await openDatabase(provider)
    const proxy = await startCuttingProxy(database.url)
    const prisma = database.client(undefined, proxy.url)
    const lines: object[] = []
    const checks = { database: () => ping(prisma) }
    const logger = {
      debug: () => {},
      info: () => {},
      warn: (line: object) => lines.push(line),
      error: () => {},
    }
    const app = new Hono().route('/health', healthRoutes(checks, { cacheMs: 0, logger }))
    const { url, stop } = await serve(app, { port: 0, signals: [] })
    const ready = async () => {
      const response = await fetch(`${url}/health/ready`)
      return { status: response.status, ...((await response.json()) as object) }
    }
    try {
      await expect.poll(ready).toMatchObject({ status: 200, data: { status: 'ready' } })
      await proxy.close()
      const gone = { status: 503, code: 'NOT_READY', errors: { database: ['Is not available'] } }
      expect(await ready()).toMatchObject(gone)
      expect(await ready()).toMatchObject(gone)
      expect(lines).toHaveLength(2)
    } finally {
      await stop()
      await database.drop()
    }
  },
)
