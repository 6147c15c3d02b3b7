import { test } from 'vitest'
import { absent, table } from '../../test/table.ts'
import { bool } from './bool.ts'

test('bool takes true and false, and nothing that is like them', () => {
  table(bool(), [
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
    ...['', ' true', 'True', 'TRUE', '1', '0', 'on', 'off', 'yes', 'no', 't', 'null', 0, 1].map(
      (input) => [input, ['BOOL']] as const,
    ),
    [null, ['BOOL']],
    [['true'], ['BOOL']],
    [{}, ['BOOL']],
    absent,
  ])
})
