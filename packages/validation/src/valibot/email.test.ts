import { test } from 'vitest'
import { absent, table } from '../../test/table.ts'
import { email } from './email.ts'

test('email is kept as it was written', () => {
  table(email(), [
    ['Ann.Example+x@Example.co.uk', 'Ann.Example+x@Example.co.uk'],
    ...[
      '',
      'ann',
      'ann@',
      '@example.com',
      'ann@example',
      ' ann@example.com',
      'ann@example.com\n',
      'a@b@example.com',
    ].map((input) => [input, ['EMAIL']] as const),
    [`${'a'.repeat(250)}@example.com`, ['MAX_LENGTH']],
    [null, ['TYPE']],
    absent,
  ])
  table(email({ trim: true }), [[' ann@example.com ', 'ann@example.com']])
})
