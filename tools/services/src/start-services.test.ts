import { expect, test } from 'vitest'
import { mariadb } from './mariadb.ts'
import { postgresql } from './postgresql.ts'
import { redis } from './redis.ts'
import type { Service } from './service.ts'
import { startServices } from './start-services.ts'

const emptyMachine = { findProgram: () => undefined, findEmbeddedInitdb: async () => undefined }

/** A service that starts and stops without a process. */
function fakeService(name: Service['name'], stopped: string[] = []): Service {
  const server = { url: `${name}://fake`, program: '/fake', stop: async () => void stopped.push(name) }
  return {
    name,
    urlVariable: `FASTKIT_TEST_${name.toUpperCase()}_URL`,
    howToInstall: 'apt-get install fake',
    start: async () => server,
    ping: async () => undefined,
  }
}

function start(services: readonly Service[], env: Record<string, string> = {}, log: string[] = []) {
  return startServices(services, { machine: emptyMachine, env, log: (text) => log.push(text) })
}

test('what starts is reported, has a URL and is stopped', async () => {
  const stopped: string[] = []
  const log: string[] = []
  const started = await start([fakeService('redis', stopped)], {}, log)
  expect(started.urls).toEqual({ redis: 'redis://fake' })
  expect(log.join()).toMatch(/^\[services\] redis: \/fake \(\d+ ms\)$/)
  await started.stop()
  expect(stopped).toEqual(['redis'])
})

test.each([redis, postgresql, mariadb])('a machine without $name gets a banner', async (service) => {
  const log: string[] = []
  const started = await start([service], {}, log)
  expect(started.urls).toEqual({})
  expect(log.join()).toContain(`SKIPPING every ${service.name} test: no server program found`)
  expect(log.join()).toContain(service.howToInstall)
})

test('a missing service that is required is a failure, and nothing keeps running', async () => {
  const stopped: string[] = []
  const starting = start([fakeService('mariadb', stopped), redis], { FASTKIT_REQUIRE_SERVICES: '1' })
  await expect(starting).rejects.toThrow('redis: no server program found; FASTKIT_REQUIRE_SERVICES=1')
  expect(stopped).toEqual(['mariadb'])
})

test('several failures are all named', async () => {
  const starting = start([redis, postgresql], { FASTKIT_REQUIRE_SERVICES: '1' })
  await expect(starting).rejects.toThrow(/redis: no server.*\npostgresql: no server/)
})

test('a service that does not start counts as missing, with its reason', async () => {
  const log: string[] = []
  const broken = { ...fakeService('redis'), start: () => Promise.reject(new Error('disk full')) }
  await start([broken], {}, log)
  expect(log.join()).toContain('SKIPPING every redis test: Error: disk full')
})

test('a URL from the environment is used as it is and never stopped', async () => {
  const stopped: string[] = []
  const env = { FASTKIT_TEST_REDIS_URL: 'redis://somewhere:1' }
  const started = await start([fakeService('redis', stopped)], env)
  expect(started.urls.redis).toBe('redis://somewhere:1')
  await started.stop()
  expect(stopped).toEqual([])
})

test('an empty URL counts as absent', async () => {
  const started = await start([fakeService('redis')], { FASTKIT_TEST_REDIS_URL: '' })
  expect(started.urls.redis).toBe('redis://fake')
})

test.each([
  [redis, 'redis://user:secret@127.0.0.1:1'],
  [postgresql, 'postgresql://user:secret@127.0.0.1:1/x'],
  [mariadb, 'mysql://user:secret@127.0.0.1:1/x'],
] as const)('a URL of $name where nothing answers fails without repeating it', async (service, url) => {
  const error = await start([service], { [service.urlVariable]: url }).catch((reason: Error) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(String(error)).toBe(`Error: ${service.urlVariable} is set, but no ${service.name} answers there`)
})
