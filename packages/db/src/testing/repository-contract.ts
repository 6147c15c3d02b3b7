import assert from 'node:assert/strict'
import type { BulkVerbs, CursorVerbs, Repository, SoftDeleteVerbs } from '@fastkit/contracts'

/** The row that the contract needs a repository of; `email` is unique, rows are deleted softly, `version` counts their changes. */
export interface ContractRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly city: string | null
  readonly rating: number | null
  readonly version: number
}

export interface ContractCreate {
  name: string
  email: string
  city?: string | null
  rating?: number | null
}

export type ContractFilter = Readonly<Record<string, unknown>>

export type ContractRepository = Repository<
  ContractRow,
  ContractCreate,
  Partial<ContractCreate>,
  ContractFilter,
  number
> &
  BulkVerbs<ContractCreate, Partial<ContractCreate>, ContractFilter> &
  CursorVerbs<ContractRow, ContractFilter> &
  SoftDeleteVerbs<ContractRow, number>

/** One promise of a repository, and what holds it to it. */
export interface ContractCase {
  readonly name: string
  /** @throws AssertionError when the repository does not keep the promise. It must be empty. */
  run(repository: ContractRepository): Promise<void>
}

/**
 * What every repository promises, whatever it is over. Runs under any test runner:
 * `for (const { name, run } of repositoryContract) test(name, async () => run(await emptyRepository()))`.
 */
export const repositoryContract: readonly ContractCase[] = [
  {
    name: 'a row is created, read, changed, deleted and restored',
    async run(rows) {
      const ann = await rows.create({ name: 'Ann', email: 'ann', rating: 1 })
      assert.deepEqual(shown(ann), { name: 'Ann', email: 'ann', city: null, rating: 1 })
      assert.deepEqual(await rows.get(ann.id), ann)
      assert.equal((await rows.update(ann.id, { city: 'Bonn' })).city, 'Bonn')
      assert.equal((await rows.getOrFail(ann.id)).rating, 1)
      assert.equal((await rows.delete(ann.id)).id, ann.id)
      assert.equal(await rows.get(ann.id), null)
      assert.equal(await rows.count(), 0)
      assert.equal((await rows.restore(ann.id)).city, 'Bonn')
      await assert.rejects(rows.restore(ann.id), { code: 'NOT_FOUND' })
    },
  },
  {
    name: 'what is not there is null, or NOT_FOUND',
    async run(rows) {
      assert.equal(await rows.get(1_000_000), null)
      assert.equal(await rows.first({ name: 'none' }), null)
      const missing = { code: 'NOT_FOUND', kind: 'not_found' }
      await assert.rejects(rows.getOrFail(1_000_000), missing)
      await assert.rejects(rows.update(1_000_000, { name: 'x' }), missing)
      await assert.rejects(rows.delete(1_000_000), missing)
    },
  },
  {
    name: 'deleted rows are seen on request, and removed for good',
    async run(rows) {
      await seed(rows)
      const [a, b] = (await rows.filter({}, { orderBy: 'email' })) as [ContractRow, ContractRow]
      await rows.delete(a.id)
      const emails = async (of: ContractRepository) =>
        (await of.filter({ name__contains: '' }, { orderBy: 'email' })).map(({ email }) => email).join('')
      assert.deepEqual(
        [await emails(rows), await emails(rows.withDeleted()), await emails(rows.onlyDeleted())],
        ['bcd', 'abcd', 'a'],
      )
      assert.equal((await rows.withDeleted().getOrFail(a.id)).email, 'a')
      assert.equal(await rows.onlyDeleted().get(b.id), null)
      assert.equal((await rows.withDeleted().update(a.id, { city: 'Rom' })).city, 'Rom')
      await assert.rejects(rows.withDeleted().delete(a.id), { code: 'NOT_FOUND' })
      await assert.rejects(rows.onlyDeleted().delete(b.id), { code: 'NOT_FOUND' })
      assert.equal(await rows.onlyDeleted().deleteMany({}, { all: true }), 0)
      assert.equal(await rows.onlyDeleted().deleteMany({ name__contains: 'o' }), 0)
      assert.equal(await rows.count(), 3)
      assert.equal((await rows.forceDelete(a.id)).email, 'a')
      assert.equal((await rows.forceDelete(b.id)).email, 'b')
      assert.equal(await emails(rows.withDeleted()), 'cd')
      await assert.rejects(rows.forceDelete(a.id), { code: 'NOT_FOUND' })
    },
  },
  {
    name: 'cursors lead over every row once, both ways',
    async run(rows) {
      await seed(rows)
      const request = { perPage: 2, orderBy: ['-city', 'name'] } as const
      const emails = ({ items }: { items: ContractRow[] }) => items.map(({ email }) => email).join('')
      const first = await rows.cursorPaginate(request)
      assert.deepEqual([emails(first), first.hasNext, first.prevCursor], ['dc', true, null])
      const second = await rows.cursorPaginate({ ...request, cursor: first.nextCursor })
      assert.deepEqual([emails(second), second.hasNext, second.nextCursor], ['ab', false, null])
      const back = await rows.cursorPaginate({ ...request, cursor: second.prevCursor ?? null })
      assert.equal(emails(back), 'dc')
      const other = { ...request, orderBy: 'name', cursor: first.nextCursor } as const
      await assert.rejects(rows.cursorPaginate(other), { code: 'CURSOR_INVALID' })
      await assert.rejects(rows.cursorPaginate({ perPage: 0 }), { code: 'PAGE_BOUNDS' })
    },
  },
  {
    name: 'a change may be tied to the version that was read',
    async run(rows) {
      const { id, version } = await rows.create({ name: 'Ann', email: 'ann' })
      assert.equal(version, 1)
      assert.equal((await rows.update(id, { city: 'Bonn' }, { version })).version, 2)
      const conflict = { code: 'VERSION_CONFLICT', kind: 'conflict' }
      await assert.rejects(rows.update(id, { city: 'Ulm' }, { version }), conflict)
      await assert.rejects(rows.delete(id, { version }), conflict)
      assert.equal((await rows.update(id, { city: 'Rom' })).version, 3)
      assert.equal(await rows.updateMany({ city: 'Rom' }, { rating: 1 }), 1)
      assert.equal((await rows.delete(id, { version: 4 })).version, 5)
      await assert.rejects(rows.update(id, {}, { version: 5 }), { code: 'NOT_FOUND' })
      await assert.rejects(rows.create({ name: 'B', email: 'b', version: 7 } as never), {
        code: 'MANAGED_FIELD',
      })
    },
  },
  {
    name: 'a duplicate names its field',
    async run(rows) {
      await rows.create({ name: 'Ann', email: 'ann' })
      const { id } = await rows.create({ name: 'Bob', email: 'bob' })
      for (const twin of [
        () => rows.create({ name: 'x', email: 'ann' }),
        () => rows.update(id, { email: 'ann' }),
      ]) {
        await assert.rejects(twin, (error: { code: string; params: { fields: unknown } }) => {
          assert.deepEqual([error.code, error.params.fields], ['UNIQUE_VIOLATION', ['email']])
          return true
        })
      }
    },
  },
  {
    name: 'filters mean the same, nulls included',
    async run(rows) {
      await seed(rows)
      const expected: [ContractFilter, string][] = [
        [{}, 'abcd'],
        [{ city: null }, 'b'],
        [{ city__ne: 'Bonn' }, 'bcd'],
        [{ rating__not_in: [1] }, 'bcd'],
        [{ rating__gte: 2 }, 'cd'],
        [{ rating__between: [1, 2] }, 'ac'],
        [{ name__contains: '%' }, 'd'],
        [{ name__startswith: 'A' }, 'a'],
        [{ name__istartswith: 'A' }, 'ac'],
        [{ '~any': [{ city: 'Ulm' }, { rating: 1 }] }, 'acd'],
        [{ '~not': { city: 'Bonn' } }, 'bcd'],
        [{ rating__in: [] }, ''],
      ]
      for (const [filter, emails] of expected) {
        const found = await rows.filter(filter, { orderBy: 'email' })
        assert.equal(found.map(({ email }) => email).join(''), emails, JSON.stringify(filter))
        assert.equal(await rows.count(filter), emails.length)
        assert.equal(await rows.exists(filter), emails.length > 0)
      }
    },
  },
  {
    name: 'orders end in the key, and null is the smallest',
    async run(rows) {
      await seed(rows)
      const emails = async (orderBy: 'city' | '-city' | 'name') =>
        (await rows.filter({}, { orderBy })).map(({ email }) => email).join('')
      assert.deepEqual([await emails('city'), await emails('-city')], ['bacd', 'dcab'])
      const page = await rows.paginate({ page: 2, perPage: 3, orderBy: 'email' })
      assert.deepEqual(
        [page.items.map(({ email }) => email), page.total, page.totalPages, page.hasNext, page.hasPrev],
        [['d'], 4, 2, false, true],
      )
      assert.equal((await rows.filter({}, { limit: 0 })).length, 0)
      await assert.rejects(rows.paginate({ page: 0 }), { code: 'PAGE_BOUNDS' })
    },
  },
  {
    name: 'many rows change and go by a filter, never all by accident',
    async run(rows) {
      await seed(rows)
      assert.equal(await rows.updateMany({ city: 'Ulm' }, { rating: 9 }), 2)
      assert.equal(await rows.deleteMany({ rating: 9 }), 2)
      await assert.rejects(rows.deleteMany({}), { code: 'FILTER_REQUIRED' })
      assert.equal(await rows.count(), 2)
      assert.equal(await rows.deleteMany({}, { all: true }), 2)
    },
  },
  {
    name: 'unknown names and values of the wrong type are errors',
    async run(rows) {
      await assert.rejects(rows.filter({ nme: 'x' }), { code: 'UNKNOWN_FIELD' })
      await assert.rejects(rows.filter({ rating__contains: 'x' }), { code: 'UNKNOWN_LOOKUP' })
      await assert.rejects(rows.filter({ rating: 'x' }), { code: 'FILTER_VALUE' })
      await assert.rejects(rows.filter({ rating: undefined }), { code: 'FILTER_VALUE' })
      await assert.rejects(rows.filter({}, { orderBy: 'nme' as never }), { code: 'UNKNOWN_FIELD' })
      await assert.rejects(rows.create({ name: 'x', email: 'x', nme: 1 } as never), { code: 'UNKNOWN_FIELD' })
      await assert.rejects(rows.create({ name: 'x', email: 'x', rating: 1.5 }), { code: 'FIELD_VALUE' })
    },
  },
]

async function seed(rows: ContractRepository): Promise<void> {
  await rows.createMany([
    { name: 'Ann', email: 'a', city: 'Bonn', rating: 1 },
    { name: 'Bob', email: 'b' },
    { name: 'ada', email: 'c', city: 'Ulm', rating: 2 },
    { name: '100%', email: 'd', city: 'Ulm', rating: 3 },
  ])
}

function shown({ name, email, city, rating }: ContractRow): object {
  return { name, email, city, rating }
}
