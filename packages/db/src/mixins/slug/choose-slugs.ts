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
  for (const group of groups(rows).values()) await chooseAmong(hooked, group, refused)
}

/** Of the slugs in rows of one table, those that other rows have. */
export async function findTaken(hooked: HookCall, rows: readonly WantedSlug[]): Promise<WantedSlug[]> {
  const found: WantedSlug[] = []
  for (const group of groups(rows).values()) {
    const taken = new Set(await lookUp(hooked, group, group.map(slugOf)))
    found.push(...group.filter((row) => taken.has(slugOf(row))))
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
    const bases = [...new Set(open.map(({ base }) => base))]
    const candidates = bases.flatMap((base) => [...numbers(base, size)]).filter(isFree)
    for (const found of await lookUp(hooked, rows, candidates)) taken.add(found)
    open = open.filter((row) => !give(row, size))
  }
  for (const row of [...open, ...rows.filter(({ base }) => base === '')]) putRandomTail(row)

  function isFree(candidate: string): boolean {
    return !taken.has(candidate)
  }

  function* numbers(base: string, size: number): Generator<string> {
    for (let number = 1; number <= size; number++) yield numbered(base, number, slug.maxLength)
  }

  function give({ data, base }: WantedSlug, size: number): boolean {
    for (const candidate of numbers(base, size)) {
      if (!isFree(candidate)) continue
      data[slug.field] = candidate
      taken.add(candidate)
      return true
    }
    return false
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
    ...valuesBeside(row),
    [slug.field]: { in: candidates },
    ...(deletedAt !== undefined && { [deletedAt]: null }),
    ...(own && { NOT: Object.fromEntries(model.key.map((name) => [name, own[name]])) }),
  }
  const find = { model: model.name, operation: 'findMany', args: { where, select: { [slug.field]: true } } }
  const found = ((await queryBeside(find, hooked)) as Shape[]).map((each) => each[slug.field] as string)
  const wanted = new Set(candidates)
  const others = found.filter((each) => !wanted.has(each))
  return [...found, ...candidates.filter((each) => others.some((other) => alike.compare(each, other) === 0))]
}

/** As collations of MySQL compare, which find `ハ` for `は`: what was found may be what was looked for. */
const alike = new Intl.Collator('und', { sensitivity: 'base' })

/** Rows that may not share a slug, and so can be looked up together. One that is changed comes alone: it may keep its. */
function groups(rows: readonly WantedSlug[]): Map<unknown, WantedSlug[]> {
  const found = new Map<unknown, WantedSlug[]>()
  for (const row of rows) {
    const name = row.own ?? Object.values(valuesBeside(row)).map(String).join('\n')
    const others = found.get(name)
    if (others) others.push(row)
    else found.set(name, [row])
  }
  return found
}

/** The values of the fields beside the slug in its unique. Those that are not known leave the slugs of all rows. */
function valuesBeside({ table: { beside }, data, own }: WantedSlug): Shape {
  const known = beside.map((name): [string, unknown] => [name, data[name] ?? own?.[name]])
  return known.some(([, value]) => value === undefined || isShape(value)) ? {} : Object.fromEntries(known)
}
