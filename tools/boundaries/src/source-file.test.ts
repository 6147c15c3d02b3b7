import { describe, expect, it } from 'vitest'
import { readSource } from './source-file.ts'

const mentions = (text: string): [string, 'types' | 'run time'][] =>
  readSource('x.ts', text).mentions.map(({ specifier, typeOnly }) => [
    specifier,
    typeOnly ? 'types' : 'run time',
  ])

describe('imports', () => {
  it.each([
    "import type { A } from 'a'",
    "import type A from 'a'",
    "import type * as A from 'a'",
    "export type { A } from 'a'",
    "export type * from 'a'",
    "export type * as A from 'a'",
    "let x: import('a').A",
    "let x: typeof import('a')",
    "function f(x: Map<string, import('a').A[]>) {}",
    "declare module 'a' {}",
  ])('%s loads nothing', (text) => {
    expect(mentions(text)).toEqual([['a', 'types']])
  })

  it.each([
    "import 'a'",
    "import { a } from 'a'",
    "import { type A } from 'a'",
    "import {} from 'a'",
    "export { a } from 'a'",
    "export { type A } from 'a'",
    "export * from 'a'",
    "export * as a from 'a'",
    "import rows from 'a' with { type: 'json' }",
    "const a = await import('a')",
    'const a = await import(`a`)',
    "const a = require('a')",
    "const a = require.resolve('a')",
    "const a = import.meta.resolve('a')",
  ])('%s loads the module', (text) => {
    expect(mentions(text)).toEqual([['a', 'run time']])
  })

  it('what only looks like an import is none', () => {
    expect(
      mentions('// import "a"\nconst text = "import \'a\'"\nexport { text }\nload("a")\nimport(name)'),
    ).toEqual([])
  })
})

describe('throws', () => {
  it.each(['throw new Error("x")', 'throw notFound("x")', '() => { if (a) { throw new AppError("X") } }'])(
    '%s makes an error',
    (text) => expect(readSource('x.ts', text).throws).toBe(true),
  )

  it.each(['try {} catch (error) { throw error }', 'throw signal.reason', 'const x = "throw new Error()"'])(
    '%s makes none',
    (text) => expect(readSource('x.ts', text).throws).toBe(false),
  )
})

describe('types only', () => {
  it.each([
    '',
    'interface A {}\nexport interface B {}\ntype C = A\nexport type D = C',
    "import type { A } from 'a'\nexport type { A }\nexport type { B } from 'b'\nexport type * from 'c'\nexport {}",
    'declare const brand: unique symbol\nexport declare function f(): void\ndeclare global {}',
  ])('nothing is left of %j', (text) => {
    expect(readSource('x.ts', text).typesOnly).toBe(true)
  })

  it.each([
    "import 'a'",
    "import { type A } from 'a'",
    "export { a } from 'a'",
    "export * from 'a'",
    'export const a = 1',
    'export default 1',
    'const a = 1\nexport { a }',
    'function f() {}',
    'class A {}',
    'f()',
  ])('something is left of %j', (text) => {
    expect(readSource('x.ts', text).typesOnly).toBe(false)
  })
})

it('a file that does not parse is named', () => {
  expect(() => readSource('packages/a/src/broken.ts', 'const')).toThrow(
    'packages/a/src/broken.ts does not parse',
  )
})
