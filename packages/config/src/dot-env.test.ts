import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDotEnv } from './dot-env.ts'

/** What is written, and what people expect of it. */
const corpus: [string, Record<string, string>][] = [
  ['A=1', { A: '1' }],
  ['A=', { A: '' }],
  ['A=  ', { A: '' }],
  ['A = 1', { A: '1' }],
  ['  A=1', { A: '1' }],
  ['\tA=1\t', { A: '1' }],
  ['A=1\nB=2', { A: '1', B: '2' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['A=1\rB=2', { A: '1', B: '2' }],
  ['\uFEFFA=1', { A: '1' }],
  ['A=1\n\n\nB=2\n', { A: '1', B: '2' }],
  ['A=1\nA=2', { A: '2' }],
  ['', {}],
  ['\n', {}],
  ['   \t ', {}],
  ['# nothing', {}],
  ['  # nothing', {}],
  ['#A=1', {}],
  ['export A=1', { A: '1' }],
  ['export   A=1', { A: '1' }],
  ['  export A = 1', { A: '1' }],
  ['exported=1', { exported: '1' }],
  ['export=1', { export: '1' }],
  ['A=a b c', { A: 'a b c' }],
  ['A=  a b  ', { A: 'a b' }],
  ['A=a=b=c', { A: 'a=b=c' }],
  ['A==', { A: '=' }],
  ['URL=postgres://u:p@h:5432/db?a=1&b=2', { URL: 'postgres://u:p@h:5432/db?a=1&b=2' }],
  ['A=1 # note', { A: '1' }],
  ['A=1\t# note', { A: '1' }],
  ['A=1#2', { A: '1#2' }],
  ['COLOR=#fff', { COLOR: '#fff' }],
  ['COLOR= #fff', { COLOR: '' }],
  ['A=1 #', { A: '1' }],
  ['A="1"', { A: '1' }],
  ["A='1'", { A: '1' }],
  ['A=`1`', { A: '1' }],
  ['A=""', { A: '' }],
  ["A=''", { A: '' }],
  ['A="  a  "', { A: '  a  ' }],
  ['A="a # b"', { A: 'a # b' }],
  ['A="a" # note', { A: 'a' }],
  ['A="a"# note', { A: 'a' }],
  ['A="it\'s"', { A: "it's" }],
  ['A=\'say "hi"\'', { A: 'say "hi"' }],
  ['A=`it\'s "both"`', { A: 'it\'s "both"' }],
  ['A="say \\"hi\\""', { A: 'say "hi"' }],
  ['A="a\\nb"', { A: 'a\nb' }],
  ['A="a\\tb\\rc"', { A: 'a\tb\rc' }],
  ['A="C:\\\\temp"', { A: 'C:\\temp' }],
  ['A="C:\\temp"', { A: 'C:\temp' }],
  ["A='a\\nb'", { A: 'a\\nb' }],
  ['A=a\\nb', { A: 'a\\nb' }],
  ['A="\\q"', { A: '\\q' }],
  ['A="a\nb"\nB=2', { A: 'a\nb', B: '2' }],
  ["A='a\n# b\n'\nB=2", { A: 'a\n# b\n', B: '2' }],
  ['A="a\r\nb"', { A: 'a\nb' }],
  [
    'KEY="-----BEGIN KEY-----\nabc=\n-----END KEY-----\n"',
    { KEY: '-----BEGIN KEY-----\nabc=\n-----END KEY-----\n' },
  ],
  ['A=$B', { A: '$B' }],
  [`A=\${B}`, { A: `\${B}` }],
  ['A="\\$B"', { A: '$B' }],
  ["A=it's", { A: "it's" }],
  ['A=a"b"', { A: 'a"b"' }],
  ['_A1=x', { _A1: 'x' }],
  ['a_b=x', { a_b: 'x' }],
  ['A={"a":1}', { A: '{"a":1}' }],
  ['A=ü€😀', { A: 'ü€😀' }],
  ['A=1 \nB=2 ', { A: '1', B: '2' }],
]

test('there are sixty and more', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60)
})

test.each(corpus)('%j', (source, expected) => {
  expect(Object.fromEntries(parseDotEnv(source))).toEqual(expected)
})

test.each([
  ['A', 1, 'must be KEY=value'],
  ['M:colon', 1, 'must be KEY=value'],
  ['A=1\n1B=2', 2, 'must be KEY=value'],
  ['A-B=1', 1, 'must be KEY=value'],
  ['=1', 1, 'must be KEY=value'],
  ['export', 1, 'must be KEY=value'],
  ['A=1\n\nB="x\nC=2', 3, 'has a " that is never closed'],
  ["A='x", 1, "has a ' that is never closed"],
  ['A=`x', 1, 'has a ` that is never closed'],
  ['A="x\\"', 1, 'has a " that is never closed'],
  ['A="x\\', 1, 'has a " that is never closed'],
  ['A="x"y', 1, 'goes on after the closing "'],
  ['A="x\n" y', 2, 'goes on after the closing "'],
])('%j is an error in line %i', (source, line, what) => {
  expect(() => parseDotEnv(source)).toThrow(
    expect.objectContaining({ code: 'DOTENV_SYNTAX', message: `line ${line} ${what}` }),
  )
})

test('a name of Object’s own is a name like any other', () => {
  const values = parseDotEnv('__proto__=x\nconstructor=y')
  expect([...values]).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
  expect(({} as { x?: string }).x).toBeUndefined()
})

test('any values, quoted, come back as they were', () => {
  const quote = (value: string) =>
    `"${value.replace(/[\\"$\r]/g, (letter) => (letter === '\r' ? '\\r' : `\\${letter}`))}"`
  const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), { selector: ([key]) => key }),
      (entries) => {
        const source = entries.map(([key, value]) => `${key}=${quote(value)}`).join('\n')
        expect([...parseDotEnv(source)]).toEqual(entries)
      },
    ),
  )
})

test('any text at all is understood or refused, quickly', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '`', '\\', '#', ' ', '\n', '$', 'export ') }),
      (source) => {
        try {
          parseDotEnv(source)
        } catch (error) {
          expect(error).toMatchObject({ code: 'DOTENV_SYNTAX' })
        }
      },
    ),
    { numRuns: 2000 },
  )
})
