import { createUnitOfWork } from '../../src/context/unit-of-work.ts'
import type { Metadata } from '../../src/metadata/metadata.ts'
import { metadataOf } from '../../src/metadata/metadata-of.ts'
import type { Provider } from '../adapters.ts'
import type { Cell } from './cells.ts'
import { extendLibrary, type Library, type LibraryClient, libraryDatabase } from './databases.ts'
import {
  delegate,
  deletedField,
  libraryWorld,
  readWorld,
  textOf,
  unpointed,
  type World,
  withoutDeleted,
  writeWorld,
} from './world.ts'

/** A database with deleted rows in it, and another where they are gone: each call has to mean the same on both. */
export interface Comparing {
  readonly metadata: Metadata
  readonly soft: LibraryClient
  readonly base: Library['base']
  /** Fills both databases with a world, the second one without what is deleted in it. */
  fill(world: World): Promise<void>
  /** What differs between a read of one and the other. */
  read(cell: Cell): Promise<string | undefined>
  /** What differs after a write to one and to the other. Both are as before, then. */
  write(cell: Cell, within: 'run' | 'transaction'): Promise<string | undefined>
  /** The same, and both stay as the write has left them. */
  commit(cell: Cell): Promise<string | undefined>
  drop(): Promise<void>
}

export async function comparing(provider: Provider): Promise<Comparing> {
  const [hidden, gone] = await Promise.all([
    libraryDatabase(provider),
    libraryDatabase(provider, { keys: false }),
  ])
  const { base } = hidden
  const soft = extendLibrary(base)
  const uow = createUnitOfWork(soft)
  const metadata = metadataOf(base)
  let filled = libraryWorld(metadata)
  await fill(filled)
  return { metadata, soft, base, fill, read, write, commit, drop }

  async function fill(world: World): Promise<void> {
    await writeWorld(base, world)
    await writeWorld(gone.base, withoutDeleted(world, metadata))
    filled = await readWorld(base, metadata)
  }

  async function read(cell: Cell): Promise<string | undefined> {
    const [found, expected] = await Promise.all([outcome(soft, cell), outcome(gone.base, cell)])
    return found === expected && !found.startsWith('!PrismaClientV')
      ? undefined
      : difference(cell, found, expected)
  }

  async function write(cell: Cell, within: 'run' | 'transaction'): Promise<string | undefined> {
    const [found, expected] = await Promise.all([
      rolledBack(
        (work) => (within === 'run' ? uow.run(() => work(soft)) : soft.$transaction((tx) => work(tx))),
        hiding,
      ),
      rolledBack((work) => gone.base.$transaction((tx) => work(tx)), going),
    ])
    return differenceOf(cell, found, expected)

    async function hiding(client: object): Promise<Written> {
      const result = await outcome(client, cell)
      return result.startsWith('!')
        ? { result, rows: '' }
        : whereHidden(cell, result, await readWorld(plain(client), metadata))
    }

    async function going(client: object): Promise<Written> {
      const result = await outcome(client, cell)
      return result.startsWith('!')
        ? { result, rows: '' }
        : whereGone(result, await readWorld(client, metadata))
    }
  }

  async function commit(cell: Cell): Promise<string | undefined> {
    const [found, expected] = await Promise.all([outcome(soft, cell), outcome(gone.base, cell)])
    const after = await readWorld(base, metadata)
    const [ours, theirs] = [
      whereHidden(cell, found, after),
      whereGone(expected, await readWorld(gone.base, metadata)),
    ]
    filled = after
    await writeWorld(gone.base, withoutDeleted(after, metadata))
    return differenceOf(cell, ours, theirs)
  }

  function whereHidden(cell: Cell, result: string, after: World): Written {
    const rows = textOf(withoutDeleted(after, metadata))
    return {
      result,
      deletesItself: deletesItself(cell, filled, after),
      rows: [rows, ...disturbed(filled, after, unlinks(cell))].join('\n'),
    }
  }

  function whereGone(result: string, after: World): Written {
    return { result, rows: textOf(unpointed(cascaded(after), metadata)) }
  }

  /** The client of the same transaction that sees everything. */
  function plain(client: object): never {
    const everything = new Proxy(client, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        const { withDeleted } = (member ?? {}) as { withDeleted?: () => unknown }
        return withDeleted ? withDeleted.call(member) : member
      },
    })
    return everything as never
  }

  async function drop(): Promise<void> {
    await Promise.all([hidden.drop(), gone.drop()])
  }
}

/** What a write returned, and what it left behind. */
interface Written {
  readonly result: string
  readonly rows: string
  /** Whether the row it returned is one that it deleted. */
  readonly deletesItself?: boolean
}

/** Of an update that deletes its own row, Prisma has none to return where it is gone: a named exception. */
function differenceOf(cell: Cell, ours: Written, theirs: Written): string | undefined {
  const same =
    ours.result === theirs.result ||
    (ours.deletesItself && theirs.result === 'null' && !ours.result.startsWith('!'))
  return same && ours.rows === theirs.rows
    ? undefined
    : difference(cell, `${ours.result}\n${ours.rows}`, `${theirs.result}\n${theirs.rows}`)
}

function deletesItself({ model, operation, args }: Cell, before: World, after: World): boolean {
  const { id } = (args['where'] ?? {}) as { readonly id?: number }
  const [was, is] = [before, after].map(
    ({ rows }) => rows.get(model)?.get(String(id))?.[deletedField[model] ?? ''],
  )
  return operation === 'update' && was === null && is instanceof Date
}

const rollback = new Error('rolled back')

async function rolledBack(
  begin: (work: (client: object) => Promise<void>) => Promise<unknown>,
  work: (client: object) => Promise<Written>,
): Promise<Written> {
  let result: Written = { result: '', rows: '' }
  try {
    await begin(async (client) => {
      result = await work(client)
      throw rollback
    })
  } catch (error) {
    if (error !== rollback) throw error
  }
  return result
}

/** What a call returns, or the code it fails with, as text. */
export async function outcome(client: object, { model, operation, args, path = [] }: Cell): Promise<string> {
  try {
    // biome-ignore lint/suspicious/noExplicitAny: Prisma's fluent API, whatever it leads to
    const started = (delegate(client, model)[operation] as any)(args)
    return comparable(await path.reduce((call, name) => call[name](), started))
  } catch (error) {
    const { code, name, message } = error as { code?: string; name: string; message: string }
    return `!${code === 'P2017' ? 'P2025' : (code ?? `${name} ${message.split('\n').at(-1)}`)}`
  }
}

/** Without times, and without the columns that point to rows: those are compared by the rows. */
function comparable(value: unknown): string {
  return JSON.stringify(normal(value)) ?? 'undefined'

  function normal(part: unknown): unknown {
    if (Array.isArray(part)) return part.map(normal).sort(byText)
    if (part instanceof Date || typeof part !== 'object' || part === null) return part
    const entries = Object.entries(part).filter(([name]) => !/(At|Id)$|^created$|^changed$/.test(name))
    return Object.fromEntries(entries.map(([name, inner]) => [name, normal(inner)]))
  }
}

function byText(a: unknown, b: unknown): number {
  const [one, two] = [JSON.stringify(a), JSON.stringify(b)]
  return one < two ? -1 : one > two ? 1 : 0
}

/** Rows that had been deleted before and are not what they were, apart from what they point to if that may change. */
function disturbed(before: World, after: World, unlinked: boolean): string[] {
  return [...before.rows].flatMap(([name, rows]) => {
    const field = deletedField[name]
    return [...rows].flatMap(([key, row]) => {
      if (field === undefined || row[field] === null) return []
      const now = after.rows.get(name)?.get(key) ?? {}
      const same = Object.entries(row).every(
        ([column, value]) =>
          JSON.stringify(now[column]) === JSON.stringify(value) ||
          (unlinked && column.endsWith('Id') && now[column] === null),
      )
      return same ? [] : [`disturbed: ${name} ${key} ${JSON.stringify(now)}`]
    })
  })
}

/** Replacing related rows makes Prisma unlink all that were there, with no condition: a named exception. */
function unlinks({ model, args }: Cell): boolean {
  const text = JSON.stringify(args)
  return (
    /"set":|"profile":\{"(create|connect|connectOrCreate|upsert)":/.test(text) ||
    (model === 'Profile' && /"account":\{"(connect|connectOrCreate)":/.test(text))
  )
}

/** Rows that are to go with the row they point to, in a world where that has gone. */
export function cascaded(world: World): World {
  const rows = new Map([...world.rows].map(([name, all]) => [name, new Map(all)]))
  for (let before = -1; before !== size(); ) {
    before = size()
    for (const [child, column, parent] of cascades) {
      for (const [key, row] of rows.get(child) ?? []) {
        if (row[column] !== null && !rows.get(parent)?.has(String(row[column]))) rows.get(child)?.delete(key)
      }
    }
  }
  return { rows, links: world.links }

  function size(): number {
    return [...rows.values()].reduce((sum, all) => sum + all.size, 0)
  }
}

const cascades = [
  ['Article', 'authorId', 'Account'],
  ['Comment', 'articleId', 'Article'],
  ['Comment', 'parentId', 'Comment'],
] as const

function difference(cell: Cell, found: string, expected: string): string {
  const { model, operation, args, path = [] } = cell
  const [ours, theirs] = [found.split('\n'), expected.split('\n')]
  const more = ours.filter((line) => !theirs.includes(line)).map((line) => `  + ${line}`)
  const less = theirs.filter((line) => !ours.includes(line)).map((line) => `  - ${line}`)
  return [[model, operation, ...path, JSON.stringify(args)].join(' '), ...more, ...less].join('\n')
}
