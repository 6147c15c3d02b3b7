import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { findJsonFaults } from './json-faults.ts'

const first = (text: string) => {
  const [fault] = findJsonFaults(text)
  return fault && `${fault.line}:${fault.column} ${fault.problem}`
}

test.each([
  ['', '1:1 ends too early'],
  ['{', '1:2 ends too early'],
  ['{"a": "x"', '1:10 ends too early'],
  ['{\n  "a": "x",\n}', '3:1 there is a comma before }'],
  ['{\n  "a": "x"\n  "b": "y"\n}', '3:3 a comma or } belongs here'],
  ['{"a" "x"}', '1:6 a colon belongs after a key'],
  ['{a: 1}', '1:2 a key in double quotes belongs here'],
  ["{'a': 1}", '1:2 a key in double quotes belongs here'],
  ['{"a": \'x\'}', '1:7 a value cannot begin with "\'"'],
  ['{"a": "x\n"}', '1:9 a text does not end on its line'],
  ['{"a": "x', '1:9 ends too early'],
  ['{"a": "\\x"}', '1:8 there is no such escape; write \\\\ for a backslash'],
  ['{"a": [1, 2,]}', '1:13 there is a comma before ]'],
  ['{"a": 01}', '1:8 a comma or } belongs here'],
  ['{} {}', '1:4 there is something after the end'],
  ['// note\n{}', '1:1 a value cannot begin with "/"'],
  ['{"a": {"b": 1, "c": 2, "b": 3}}', '1:24 the key "b" is there twice'],
  ['{"a": 1, "\\u0061": 2}', '1:10 the key "a" is there twice'],
  [`${'['.repeat(100_000)}`, '1:502 is nested more than 500 deep'],
])('the first fault of example %# is where it is', (text, fault) => {
  expect(first(text)).toBe(fault)
})

test('what JSON.parse takes has no fault, and what it refuses has one', () => {
  const json = fc.json()
  const broken = fc
    .tuple(json, fc.nat(), fc.constantFrom('', ',', '"', '{', '}', ':', '\\', '\n', 'x', '0'))
    .map(([text, at, mark]) => {
      const cut = at % (text.length + 1)
      return text.slice(0, cut) + mark + text.slice(cut + 1)
    })
  fc.assert(
    fc.property(fc.oneof(json, broken, fc.string()), (text) => {
      expect(findJsonFaults(text).some(({ kind }) => kind === 'syntax')).toBe(!parses(text))
    }),
    { seed: inject('seed'), numRuns: 3000 },
  )
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
