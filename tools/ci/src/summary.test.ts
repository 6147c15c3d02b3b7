import { expect, test } from 'vitest'
import { countTests, summaryLine } from './summary.ts'

function file(status: string, ...tests: string[]) {
  return { status, assertionResults: tests.map((each) => ({ status: each })) }
}

function summary(...testResults: ReturnType<typeof file>[]): string {
  return summaryLine(countTests({ testResults }))
}

test('tests are counted over all files', () => {
  expect(summary(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed'))).toBe(
    '3 passed, 1 failed, 0 skipped',
  )
})

test('todo and pending tests are skipped ones', () => {
  expect(summary(file('passed', 'passed', 'todo', 'skipped', 'pending'))).toBe(
    '1 passed, 0 failed, 3 skipped',
  )
})

test('a file that does not load is a failure', () => {
  expect(summary(file('failed'), file('passed', 'passed'))).toBe('1 passed, 1 failed, 0 skipped')
})

test('a file whose hook threw is a failure, and its tests did not run', () => {
  expect(summary(file('failed', 'skipped', 'skipped'))).toBe('0 passed, 1 failed, 2 skipped')
})

test('no files are no tests', () => {
  expect(summary()).toBe('0 passed, 0 failed, 0 skipped')
})
