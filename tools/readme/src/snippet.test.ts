import { expect, test } from 'vitest'
import { parseSnippets } from './snippet.ts'

const fence = '```'

function block(info: string, code = 'x'): string {
  return `${fence}${info}\n${code}\n${fence}\n`
}

test('ts blocks become numbered files, other languages are left alone', () => {
  const markdown = `# Title\n\n${block('ts', 'one()\n\ntwo()')}text\n${block('sh')}${block('')}${block('ts', 'three()')}`
  expect(parseSnippets(markdown)).toEqual([
    { line: 3, file: '01.ts', code: 'one()\n\ntwo()\n', runs: true },
    { line: 15, file: '02.ts', code: 'three()\n', runs: true },
  ])
})

test('a title names the file, no-run only compiles', () => {
  const snippets = parseSnippets(
    block('ts title="app.ts"') + block('ts title="serve.ts" no-run') + block('ts no-run'),
  )
  expect(snippets.map(({ file, runs }) => [file, runs])).toEqual([
    ['app.ts', true],
    ['serve.ts', false],
    ['03.ts', false],
  ])
})

test('a block in a list loses the indentation of its fence', () => {
  const [snippet] = parseSnippets(`- like this:\n\n  ${fence}ts\n  if (a) {\n    b()\n  }\n  ${fence}\n`)
  expect(snippet?.code).toBe('if (a) {\n  b()\n}\n')
})

test('a longer fence contains shorter ones', () => {
  expect(parseSnippets(`\`\`\`\`md\n${block('ts')}\`\`\`\`\n${block('ts')}`)).toMatchObject([{ line: 6 }])
})

test('Windows line ends and tildes are understood', () => {
  expect(parseSnippets('~~~ts\r\na()\r\n~~~\r\n')).toMatchObject([{ line: 1, code: 'a()\n' }])
})

test.each([
  ['ts skip', '`skip` is neither'],
  ['ts title="../app.ts"', '`title="../app.ts"` is neither'],
  ['ts title="app.js"', 'is neither'],
  ['typescript', 'write `ts`, not `typescript`'],
])('a fence that says %s is refused', (info, message) => {
  expect(() => parseSnippets(block(info))).toThrow(`line 1: `)
  expect(() => parseSnippets(block(info))).toThrow(message)
})

test('a block that never ends is refused', () => {
  expect(() => parseSnippets(`\n${fence}ts\na()\n`)).toThrow('line 2: this block is never closed')
})

test('two files of one name are refused', () => {
  expect(() => parseSnippets(block('ts title="a.ts"') + block('ts title="a.ts"'))).toThrow(
    'line 4: a second a.ts',
  )
})
