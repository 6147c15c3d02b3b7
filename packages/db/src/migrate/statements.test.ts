import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitStatements } from './statements.ts'

test('a semicolon inside a string, a quoted name or a comment ends nothing', () => {
  const script = `INSERT INTO a VALUES ('x;''y\\';', "p;\\"q;");
-- a comment; with one
# and; another
/* and; a third */
CREATE TABLE \`od;d\`\`name;\` (id INT);`
  expect(splitStatements(script)).toEqual([
    `INSERT INTO a VALUES ('x;''y\\';', "p;\\"q;")`,
    '-- a comment; with one\n# and; another\n/* and; a third */\nCREATE TABLE `od;d``name;` (id INT)',
  ])
})

test('nothing but blanks and comments is no statement', () => {
  expect(splitStatements('')).toEqual([])
  expect(splitStatements(' ;;\n -- only words\n; # more\n /* and more */ ')).toEqual([])
})

test('the last statement needs no semicolon', () => {
  expect(splitStatements('SELECT 1; SELECT 2')).toEqual(['SELECT 1', 'SELECT 2'])
})

test('two dashes without a blank are two minus signs, and /*! is a statement', () => {
  expect(splitStatements('SELECT 1--1; SELECT 2')).toEqual(['SELECT 1--1', 'SELECT 2'])
  expect(splitStatements('/*!40101 SET NAMES utf8 */;')).toEqual(['/*!40101 SET NAMES utf8 */'])
})

test('any statements, joined by semicolons, come apart again', () => {
  const statement = fc
    .array(
      fc.oneof(
        fc.constantFrom('SELECT', 'x', '1', ',', '(', ')', "''", '``', '-- c;c\n', '/* c;c */'),
        fc.string().map((text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`),
        fc.string().map((name) => `\`${name.replaceAll('`', '``')}\``),
      ),
      { minLength: 1 },
    )
    .map((words) => ['DO', ...words].join(' ').trim())
  fc.assert(
    fc.property(fc.array(statement), (statements) => {
      expect(splitStatements(statements.join('\n;\n'))).toEqual(statements)
    }),
  )
})
