import { type HookCall, queryBeside } from '../../prisma-internals.ts'
import { isShape, type Shape } from '../../rewrite/shape.ts'
import { numbered, withRandomTail } from './suffix.ts'
import type { WantedSlug } from './wanted-slugs.ts'

/** How many numbers are looked up at once: nearly always the first few do, and they are on one page of the index. */
const windows = [20, 200]

/**
 * Puts a free slug into each row: the one of its text, else with the lowest number, beyond 200 with a random end. Takes
 * one statement, or two where many have the same text. All rows are of one table.
 *
 * Another call may take a slug between the look and the write. Those in `refused` are not chosen, though nobody
 * may seem to have them: a transaction may not see the row that has.
 */
export async function chooseSlugs(
  hooked: HookCall,
  rows: readonly WantedSlug[],
  refused: ReadonlySet<string>,
): Promise<void> {
  for (const alike of groups(rows).values()) await chooseAmong(hooked, alike, refused)
}

/** Of the slugs in rows of one table, those that other rows have. */
export async function findTaken(hooked: HookCall, rows: readonly WantedSlug[]): Promise<WantedSlug[]> {
  const found: WantedSlug[] = []
  for (const alike of groups(rows).values()) {
    const taken = await lookUp(hooked, alike, alike.map(slugOf))
    found.push(...alike.filter((row) => taken.includes(slugOf(row))))
  }
  return found
}

export function putRandomTail({ table: { slug }, data, base }: WantedSlug): void {
  data[slug.field] = withRandomTail(base, slug.maxLength)
}

export function slugOf({ table: { slug }, data }: WantedSlug): string {
  return data[slug.field] as string
}

async function chooseAmong(
  hooked: HookCall,
  rows: readonly WantedSlug[],
  refused: ReadonlySet<string>,
): Promise<void> {
  const { slug } = (rows[0] as WantedSlug).table
  const taken = new Set([...slug.reserved, ...refused])
  let open = rows.filter(({ base }) => base !== '')
  for (const size of windows) {
    if (open.length === 0) break
    const candidates = [...new Set(open.map(({ base }) => base))].flatMap((base) => numbersOf(base, size))
    for (const found of await lookUp(hooked, rows, candidates.filter(isFree))) taken.add(found)
    open = open.filter((row) => !give(row, numbersOf(row.base, size).find(isFree)))
  }
  for (const row of [...open, ...rows.filter(({ base }) => base === '')]) putRandomTail(row)

  function isFree(candidate: string): boolean {
    return !taken.has(candidate)
  }

  function numbersOf(base: string, size: number): string[] {
    return Array.from({ length: size }, (_, at) => numbered(base, at + 1, slug.maxLength))
  }

  function give({ data }: WantedSlug, free: string | undefined): boolean {
    if (free === undefined) return false
    data[slug.field] = free
    taken.add(free)
    return true
  }
}

/** Which of some slugs other rows of the database have, among those that may not share one with the rows at hand. */
async function lookUp(
  hooked: HookCall,
  rows: readonly WantedSlug[],
  candidates: readonly string[],
): Promise<string[]> {
  const row = rows[0] as WantedSlug
  const {
    table: { model, slug, deletedAt },
    own,
  } = row
  const where = {
    ...scopeOf(row),
    [slug.field]: { in: candidates },
    ...(deletedAt !== undefined && { [deletedAt]: null }),
    ...(own && { NOT: Object.fromEntries(model.key.map((name) => [name, own[name]])) }),
  }
  const find = { model: model.name, operation: 'findMany', args: { where, select: { [slug.field]: true } } }
  const found = (await queryBeside(find, hooked)) as Shape[]
  return found.map((each) => each[slug.field] as string)
}

/** Rows that may not share a slug, and so can be looked up together. One that is changed comes alone: it may keep its. */
function groups(rows: readonly WantedSlug[]): Map<unknown, WantedSlug[]> {
  const found = new Map<unknown, WantedSlug[]>()
  for (const row of rows) {
    const name = row.own ?? Object.values(scopeOf(row)).map(String).join('\n')
    found.set(name, [...(found.get(name) ?? []), row])
  }
  return found
}

/** The values of the fields beside the slug in its unique. Those that are not known leave the slugs of all rows. */
function scopeOf({ table: { beside }, data, own }: WantedSlug): Shape {
  const known = beside.map((name): [string, unknown] => [name, data[name] ?? own?.[name]])
  return known.some(([, value]) => value === undefined || isShape(value)) ? {} : Object.fromEntries(known)
}
