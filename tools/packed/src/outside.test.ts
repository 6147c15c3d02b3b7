import { expect, test } from 'vitest'
import { outsideEnvironment, outsidePath } from './outside.ts'

test('no folder of node_modules stays on PATH', () => {
  const path =
    '/repo/node_modules/.bin:/root/.npm/_npx/1/node_modules/.bin:/usr/bin:/opt/my_node_modules:/bin'
  expect(outsidePath(path)).toBe('/usr/bin:/opt/my_node_modules:/bin')
})

test('npm is not led back into the repository, and the caller keeps its environment', async () => {
  const env = { PATH: process.env['PATH'], npm_config_local_prefix: '/repo' }
  const outside = await outsideEnvironment(env)
  expect(outside.env).not.toHaveProperty('npm_config_local_prefix')
  expect(outside.nodeVersion).toMatch(/^\d+\.\d+\.\d+$/)
  expect(env.npm_config_local_prefix).toBe('/repo')
})
