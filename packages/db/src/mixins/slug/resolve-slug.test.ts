import { expect, test } from 'vitest'
import { adapterFor } from '../../../test/adapters.ts'
import { PrismaClient } from '../../../test/slugs/generated/sqlite/client.ts'
import { mixins } from '../mixins.ts'

const base = new PrismaClient({ adapter: adapterFor('sqlite', 'file::memory:') })
const start = (slug: unknown, model = 'post') => base.$extends(mixins({ [model]: { slug } } as never))

test.each([
  [true, 'slug of post must be an object'],
  [{}, 'the slug of post needs `from`, a field or a list of fields'],
  [{ from: [] }, 'the slug of post needs `from`'],
  [
    { form: 'title' },
    'there is no "form" among the slug of post; there are: from, field, maxLength, reserved',
  ],
  [{ from: 'headline' }, 'the slug of post cannot be made from "headline", which is no other text'],
  [{ from: ['title', 'deletedAt'] }, 'cannot be made from "deletedAt"'],
  [{ from: 'slug' }, 'cannot be made from "slug"'],
  [{ from: 'title', field: 'name' }, 'post needs a field "name String" in schema.prisma'],
  [{ from: 'title', field: 'writerId' }, 'post needs a field "writerId String"'],
  [{ from: 'title', field: 'city' }, '"city" of post needs @unique'],
  [{ from: 'title', maxLength: 15 }, 'the slug of post needs a maxLength of 16 or more'],
  [{ from: 'title', maxLength: 20.5 }, 'needs a maxLength'],
  [{ from: 'title', reserved: 'new' }, 'the reserved slugs of post must be a list of words'],
])('what cannot be a slug fails at start-up, also without types: %j', (slug, message) => {
  expect(() => start(slug)).toThrow(
    expect.objectContaining({ code: 'MIXIN_CONFIG', message: expect.stringContaining(message) }),
  )
})

test('a slug that is off needs nothing', () => {
  start(false, 'writer')
})
