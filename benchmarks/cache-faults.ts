import { setTimeout as sleep } from 'node:timers/promises'
import { createCache, memoryStore, tiered } from '@fastkit/cache'
import { guardRedis, redisStore } from '@fastkit/cache/redis'
import KeyvRedis from '@keyv/redis'
import { quantile, redisFaults, type Subject, startRedis, tcpProxy, traffic } from '@tools/faults'
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { redisDriver } from 'bentocache/drivers/redis'
import { createCache as createCacheManager } from 'cache-manager'
import { Cacheable } from 'cacheable'
import { Redis } from 'ioredis'
import { Keyv } from 'keyv'
import { createClient } from 'redis'

// Two tiers each, as their documentation sets them up, with their own deadlines where they have one. A request that
// has no answer after 6 s has failed. Three seconds of fault, then one to recover.
const ttl = 300
const contenders: Record<string, (url: string) => Subject & { close(): unknown }> = {
  '@fastkit/cache': (url) => {
    const port = guardRedis(createClient({ url }), { deadlineMs: 50 })
    const cache = createCache(tiered(memoryStore(), redisStore(port, { prefix: 'ours' })))
    return {
      read: (key, load) => cache.getOrSet(key, load, { ttlMs: ttl }),
      invalidate: (key) => cache.delete(key),
      close: () => port.close(),
    }
  },
  bentocache: (url) => {
    const connection = new Redis(url)
    connection.on('error', () => undefined)
    const store = bentostore()
      .useL1Layer(memoryDriver({ maxItems: 1000 }))
      .useL2Layer(redisDriver({ connection }))
    const bento = new BentoCache({ default: 'both', stores: { both: store } })
    const options = { ttl, timeout: 200, hardTimeout: 1000, grace: '1m' as const }
    return {
      read: (key, load) => bento.getOrSet({ ...options, key, factory: load }),
      invalidate: (key) => bento.delete({ key }),
      close: () => connection.disconnect(),
    }
  },
  cacheable: (url) => {
    const secondary = keyvOf(url)
    const cacheable = new Cacheable({ secondary, ttl })
    cacheable.on('error', () => undefined)
    return {
      read: (key, load) => cacheable.getOrSet(key, load, { ttl }),
      invalidate: (key) => cacheable.delete(key),
      close: () => secondary.disconnect(),
    }
  },
  'cache-manager': (url) => {
    const far = keyvOf(url)
    const manager = createCacheManager({ stores: [new Keyv(), far], ttl })
    return {
      read: (key, load) => manager.wrap(key, load, ttl),
      invalidate: (key) => manager.del(key),
      close: () => far.disconnect(),
    }
  },
}

function keyvOf(url: string): Keyv {
  const keyv = new Keyv(new KeyvRedis(url))
  keyv.on('error', () => undefined)
  return keyv
}

const shown = [
  'kill -9',
  'SIGSTOP',
  'CLIENT KILL',
  'a cut',
  'silence',
  'replies after 30',
  'a wrong bit',
  'OOM',
]
process.on('unhandledRejection', () => undefined) // they are among what peers do
process.on('uncaughtException', () => undefined)
for (const fault of redisFaults.filter(({ name }) => shown.some((start) => name.startsWith(start)))) {
  console.log(`\n${fault.name}`)
  for (const [name, create] of Object.entries(contenders)) {
    const server = await startRedis()
    if (!server) throw new Error('This needs a redis-server')
    const proxy = await tcpProxy(new URL(server.url))
    const admin = guardRedis(createClient({ url: server.url }), { deadlineMs: 5000 })
    const subject = create(proxy.url)
    const running = traffic(subject)
    await sleep(500)
    running.take()
    const end = await fault.begin({ server, proxy, command: (...command) => admin.send(command) })
    await sleep(3000)
    const during = running.take()
    await end()
    await sleep(1000)
    const after = await running.stop()
    await Promise.race([Promise.resolve(subject.close()).catch(() => undefined), sleep(1000)])
    admin.close()
    await proxy.close()
    await server.stop()
    const [failed, wrong] = [during.failed + after.failed, during.wrong + after.wrong]
    const times = [0.5, 0.99, 1].map((at) =>
      quantile(during.times.concat(after.times), at).toFixed(1).padStart(8),
    )
    console.log(
      `  ${name.padEnd(15)} ${String(during.requests + after.requests).padStart(7)} requests, ${failed} failed, ${wrong} wrong, p50 p99 max${times.join('')} ms`,
    )
  }
}
process.exit(0)
