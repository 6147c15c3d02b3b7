import { test } from 'vitest'
import { table } from '../../test/table.ts'
import { username } from './username.ts'

test('username begins with a letter', () => {
  table(username(), [
    ['john_doe123', 'john_doe123'],
    ['ab', ['MIN_LENGTH']],
    ['a'.repeat(25), ['MAX_LENGTH']],
    ...['123john', '_john', 'john-doe', 'john doe', 'john\n', 'jöhn', 'joh\0n'].map(
      (input) => [input, ['USERNAME']] as const,
    ),
    [null, ['TYPE']],
  ])
})
