import type { TestProject } from 'vitest/node'
import { thisMachine } from './machine.ts'
import { mariadb } from './mariadb.ts'
import { postgresql } from './postgresql.ts'
import './provided.ts'
import { redis } from './redis.ts'
import { startServices } from './start-services.ts'

/** Vitest calls this once before all test files, and what it returns once after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { urls, stop } = await startServices([redis, postgresql, mariadb], {
    machine: thisMachine,
    env: process.env,
    log: console.log,
  })
  project.provide('redisUrl', urls.redis)
  project.provide('postgresqlUrl', urls.postgresql)
  project.provide('mariadbUrl', urls.mariadb)
  return stop
}
