import { expect, test } from 'vitest'
import { importNames, type Manifest, peers, siblings } from './manifest.ts'

const manifest: Manifest = {
  name: '@fastkit/http',
  version: '0.1.0',
  exports: { '.': {}, './hono': {}, './package.json': './package.json' },
  dependencies: { '@fastkit/contracts': '^0.1.0', '@standard-schema/spec': '1.1.0' },
  peerDependencies: { hono: '^4.0.0', '@prisma/client': '^7.0.0' },
  peerDependenciesMeta: { hono: { optional: true } },
}

test('everything in exports can be imported, except package.json', () => {
  expect(importNames(manifest)).toEqual(['@fastkit/http', '@fastkit/http/hono'])
})

test('siblings are the dependencies of the same scope', () => {
  expect(siblings(manifest)).toEqual(['@fastkit/contracts'])
})

test('optional peers are told from required ones', () => {
  expect(peers(manifest, { optional: false })).toEqual(['@prisma/client'])
  expect(peers(manifest, { optional: true })).toEqual(['hono', '@prisma/client'])
})

test('a package may have none of these', () => {
  const bare = { name: 'bare', version: '1.0.0' }
  expect([importNames(bare), siblings(bare), peers(bare, { optional: true })]).toEqual([[], [], []])
})
