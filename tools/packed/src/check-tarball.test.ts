import { expect, test } from 'vitest'
import { strayFiles, typeProblems } from './check-tarball.ts'

const files = ['README.md', 'LICENSE', 'package.json', 'dist/index.js', 'dist/testing/index.js']

test('tests, proofs and build records do not belong into a package', () => {
  expect(strayFiles(files)).toEqual([])
  const stray = ['dist/a.test.js', 'dist/a.test-d.d.ts', 'dist/b.prove.js', 'test/x.js', 'dist/.tsbuildinfo']
  expect(strayFiles([...files, ...stray])).toEqual(
    stray.map((file) => `${file} does not belong into the package`),
  )
})

test('a package needs a README and a license', () => {
  expect(strayFiles(['package.json'])).toEqual([
    'README.md is missing from the package',
    'LICENSE is missing from the package',
  ])
})

test('problems of CommonJS and of node10 do not count', () => {
  const problems = [
    { kind: 'NoResolution', entrypoint: '.', resolutionKind: 'node10' },
    { kind: 'CJSResolvesToESM', entrypoint: '.', resolutionKind: 'node16-cjs' },
    { kind: 'NoResolution', entrypoint: './hono', resolutionKind: 'bundler' },
    { kind: 'InternalResolutionError', fileName: 'dist/index.d.ts' },
  ]
  expect(typeProblems({ types: { kind: 'included' }, problems })).toEqual([
    'attw: NoResolution ./hono bundler',
    'attw: InternalResolutionError dist/index.d.ts',
  ])
})

test('a package without types is a problem', () => {
  expect(typeProblems({ types: false })).toEqual(['attw: the package contains no types'])
})
