import type { Metadata, ModelMetadata } from '../../src/metadata/metadata.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'

/** Every row of every table, by model and key, and the links of the implicit many-to-many. */
export interface World {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Row>>
  readonly links: ReadonlySet<string>
}

export type Row = Readonly<Record<string, unknown>>

export const made = new Date('2026-01-01T00:00:00Z')
export const trashed = new Date('2026-01-02T00:00:00Z')

/** When a row was deleted, if its model has that. */
export const deletedField: Readonly<Record<string, string>> = {
  Account: 'deletedAt',
  Profile: 'deletedAt',
  Article: 'deletedAt',
  Comment: 'removedAt',
  Tag: 'deletedAt',
  Seat: 'deletedAt',
}

/** In an order in which a row comes after those it points to. */
const models = ['Shelf', 'Account', 'Profile', 'Article', 'Comment', 'Tag', 'Seat']

const usual = { createdAt: made, updatedAt: made }
const live = { ...usual, deletedAt: null }
const dead = { ...usual, deletedAt: trashed }

/** Live rows that point to live ones, to deleted ones and to none, and deleted ones beside them with the same keys. */
export const library: Readonly<Record<string, readonly Row[]>> = {
  Shelf: [
    { id: 1, name: 'A' },
    { id: 2, name: 'B' },
  ],
  Account: [
    { id: 1, email: 'ann', name: 'A', bossId: null, ...live },
    { id: 2, email: 'bob', name: 'B', bossId: 1, ...live },
    { id: 4, email: 'dan', name: 'A', bossId: 1, ...dead },
    { id: 3, email: 'cat', name: 'A', bossId: 4, ...live },
    { id: 5, email: 'ann', name: 'B', bossId: 2, ...dead },
    { id: 6, email: 'ann', name: 'A', bossId: null, ...dead },
    { id: 7, email: 'eve', name: 'B', bossId: null, ...live },
  ],
  Profile: [
    { id: 1, bio: 'A', accountId: 1, ...live },
    { id: 2, bio: 'B', accountId: 2, ...dead },
    { id: 3, bio: 'A', accountId: 4, ...live },
    { id: 4, bio: 'B', accountId: null, ...live },
  ],
  Article: [
    { id: 1, title: 'A', shelfId: 1, authorId: 1, editorId: 2, ...live },
    { id: 2, title: 'B', shelfId: 1, authorId: 1, editorId: 4, ...live },
    { id: 3, title: 'A', shelfId: 1, authorId: 1, editorId: null, ...dead },
    { id: 4, title: 'A', shelfId: null, authorId: 2, editorId: null, ...live },
    { id: 5, title: 'B', shelfId: 2, authorId: 2, editorId: 1, ...dead },
    { id: 6, title: 'C', shelfId: 2, authorId: 4, editorId: 1, ...dead },
  ],
  Comment: [
    { id: 1, text: 'A', articleId: 1, parentId: null },
    { id: 2, text: 'B', articleId: 1, parentId: 1 },
    { id: 3, text: 'A', articleId: 1, parentId: 1, removedAt: trashed },
    { id: 4, text: 'B', articleId: 1, parentId: 3 },
    { id: 5, text: 'A', articleId: 3, parentId: null },
    { id: 6, text: 'B', articleId: 2, parentId: 5, removedAt: trashed },
    { id: 7, text: 'A', articleId: null, parentId: null },
  ].map((row) => ({ removedAt: null, created: made, changed: made, ...row })),
  Tag: [
    { id: 1, name: 'A', ...live },
    { id: 2, name: 'B', ...live },
    { id: 3, name: 'A', ...dead },
  ],
  Seat: [
    { row: 1, number: 1, note: 'A', accountId: 1, ...live },
    { row: 1, number: 2, note: 'B', accountId: 1, ...dead },
    { row: 2, number: 1, note: 'A', accountId: 4, ...live },
    { row: 2, number: 2, note: 'B', accountId: null, ...live },
  ],
}

const links = ['1-1', '1-3', '2-2', '2-3', '3-1', '4-3']

export async function readWorld(client: object, metadata: Metadata): Promise<World> {
  const rows = new Map<string, Map<string, Row>>()
  const found = new Set<string>()
  for (const name of models) {
    const tagged = name === 'Article' ? { include: { tags: { select: { id: true } } } } : {}
    const all = (await delegate(client, name).findMany(tagged)) as (Row & {
      readonly tags?: readonly Row[]
    })[]
    rows.set(name, new Map(all.map(({ tags: _, ...row }) => [keyOf(metadata, name, row), row])))
    for (const { id, tags = [] } of all) for (const tag of tags) found.add(`${id}-${tag['id']}`)
  }
  return { rows, links: found }
}

/** Replaces everything in a database. */
export async function writeWorld(client: PrismaClient, world: World): Promise<void> {
  await client.$executeRawUnsafe(quoted(client, 'delete from "_ArticleToTag"'))
  await client.account.updateMany({ data: { bossId: null } })
  await client.comment.updateMany({ data: { parentId: null } })
  for (const name of [...models].reverse()) await delegate(client, name).deleteMany()
  for (const name of models) {
    const data = [...(world.rows.get(name)?.values() ?? [])]
    if (data.length > 0) await delegate(client, name).createMany({ data })
  }
  for (const link of world.links) {
    const [a, b] = link.split('-')
    await client.$executeRawUnsafe(quoted(client, `insert into "_ArticleToTag" values (${a}, ${b})`))
  }
}

export function libraryWorld(metadata: Metadata): World {
  const rows = models.map((name): [string, Map<string, Row>] => [
    name,
    new Map((library[name] ?? []).map((row) => [keyOf(metadata, name, row), row])),
  ])
  return { rows: new Map(rows), links: new Set(links) }
}

/** The same world where what was deleted is gone, and nothing points to it. */
export function withoutDeleted(world: World, metadata: Metadata): World {
  const rows = new Map(
    [...world.rows].map(([name, all]): [string, Map<string, Row>] => {
      const field = deletedField[name]
      return [name, new Map([...all].filter(([, row]) => field === undefined || row[field] === null))]
    }),
  )
  return unpointed({ rows, links: world.links }, metadata)
}

/** Takes out of a world all that points to rows that are not in it. */
export function unpointed({ rows, links }: World, metadata: Metadata): World {
  return {
    rows: new Map(
      [...rows].map(([name, all]) => [
        name,
        new Map(
          [...all].map(([key, row]) => [key, cleared(metadata.models.get(name) as ModelMetadata, row)]),
        ),
      ]),
    ),
    links: new Set(
      [...links].filter((link) => {
        const [article = '', tag = ''] = link.split('-')
        return rows.get('Article')?.has(article) && rows.get('Tag')?.has(tag)
      }),
    ),
  }

  function cleared(model: ModelMetadata, row: Row): Row {
    const dangling = [...model.fields.values()].flatMap(({ relation }) => {
      const [column] = relation?.ownsKey ? relation.from : []
      if (!relation || column === undefined || row[column] === null) return []
      return rows.get(relation.target)?.has(String(row[column])) ? [] : [column]
    })
    return { ...row, ...Object.fromEntries(dangling.map((column) => [column, null])) }
  }
}

/** What two worlds are compared by: text, without times. */
export function textOf({ rows, links }: World): string {
  const lines = [...rows].flatMap(([name, all]) =>
    [...all].map(([key, row]) => `${name} ${key} ${JSON.stringify(withoutTimes(row))}`),
  )
  return [...lines, ...links].sort().join('\n')
}

export function withoutTimes(row: Row): Row {
  const entries = Object.entries(row).filter(([name]) => !times.has(name))
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const times = new Set(['createdAt', 'updatedAt', 'deletedAt', 'created', 'changed', 'removedAt'])

export function keyOf(metadata: Metadata, model: string, row: Row): string {
  return (metadata.models.get(model)?.key ?? []).map((name) => String(row[name])).join('-')
}

function quoted(client: object, sql: string): string {
  const { _activeProvider: provider } = client as { _activeProvider?: string }
  return provider === 'mysql' ? sql.replaceAll('"', '`') : sql
}

export type Delegate = Readonly<Record<string, (args?: object) => Promise<unknown>>> & {
  findMany(args?: object): Promise<unknown>
  createMany(args: object): Promise<unknown>
  deleteMany(args?: object): Promise<unknown>
}

export function delegate(client: object, model: string): Delegate {
  return (client as Record<string, Delegate>)[model.charAt(0).toLowerCase() + model.slice(1)] as Delegate
}
