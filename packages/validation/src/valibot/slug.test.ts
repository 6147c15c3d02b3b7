import { test } from 'vitest'
import { table } from '../../test/table.ts'
import { slug } from './slug.ts'

test('slug has single hyphens inside', () => {
  table(slug({ max: 12 }), [
    ['my-article', 'my-article'],
    ['123', '123'],
    ...['My-Article', 'my_article', 'my--article', '-a', 'a-', 'my article', 'a\n', 'é'].map(
      (input) => [input, ['SLUG']] as const,
    ),
    ['', ['MIN_LENGTH', 'SLUG']],
    ['a'.repeat(13), ['MAX_LENGTH']],
  ])
})
