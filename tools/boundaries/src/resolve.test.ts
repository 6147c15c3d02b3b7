import { expect, it } from 'vitest'
import { resolveSpecifier, type Target } from './resolve.ts'

const home = {
  folder: 'packages/cache',
  manifest: {
    name: '@fastkit/cache',
    exports: {
      '.': './src/index.ts',
      './redis': { default: './src/redis/index.ts' },
      './stores/*': './src/stores/*.ts',
    },
    imports: { '#app/*': './src/*', '#client': 'redis/client' },
  },
}
const from = 'packages/cache/src/hono/with-cache.ts'

it.each<[string, Target]>([
  ['node:fs', { kind: 'builtin' }],
  ['fs/promises', { kind: 'builtin' }],
  ['hono', { kind: 'package', name: 'hono' }],
  ['hono/cors', { kind: 'package', name: 'hono' }],
  ['@prisma/client/runtime', { kind: 'package', name: '@prisma/client' }],
  ['@fastkit/cache-tools', { kind: 'package', name: '@fastkit/cache-tools' }],
  ['./header.ts', { kind: 'file', path: 'packages/cache/src/hono/header.ts' }],
  ['../../../db/src/index.ts', { kind: 'file', path: 'packages/db/src/index.ts' }],
  ['@fastkit/cache', { kind: 'file', path: 'packages/cache/src/index.ts' }],
  ['@fastkit/cache/redis', { kind: 'file', path: 'packages/cache/src/redis/index.ts' }],
  ['@fastkit/cache/stores/memory', { kind: 'file', path: 'packages/cache/src/stores/memory.ts' }],
  ['#app/row.ts', { kind: 'file', path: 'packages/cache/src/row.ts' }],
  ['#client', { kind: 'package', name: 'redis' }],
])('%s', (specifier, target) => {
  expect(resolveSpecifier(specifier, from, home)).toEqual(target)
})
