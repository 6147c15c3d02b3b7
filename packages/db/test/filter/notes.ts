import fc from 'fast-check'
import type { Provider } from '../adapters.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'

/** The same rows as the database holds, linked to each other as objects. */
export interface Rows {
  readonly people: Person[]
  readonly notes: Note[]
}

export interface Person {
  id: number
  name: string
  nick: string | null
  removedAt: Date | null
  bossId: number | null
  boss: Person | null
  team: Person[]
  zeta: Person[]
  alpha: Person[]
  notes: Note[]
  edited: Note[]
}

export interface Note {
  id: bigint
  authorId: number
  editorId: number | null
  row: number | null
  number: number | null
  author: Person
  editor: Person | null
  seat: object | null
  labels: Label[]
}

interface Label {
  id: string
  name: string
  removedAt: Date | null
  notes: Note[]
}

/** What is tricky about text, in few enough words that they meet. */
export const words: readonly string[] = [
  '',
  'a',
  'A',
  'Ann',
  'ann',
  'anna',
  '100%',
  '100',
  'a_b',
  'aXb',
  'a\\b',
  'a!b',
  'a*b?',
  '[ab]',
  ']',
  "it's",
  '"q"',
  'É',
  'é',
  'Éß',
  'ß',
  '日本',
  '日',
  '😀',
  '~',
  'a ',
  ' a',
  '!%_',
  '\\',
  '%',
]

export const poolOf = (provider: Provider): Readonly<Record<string, readonly unknown[]>> => ({
  String: words,
  Int: [-(2 ** 31 - 1), -1, 0, 1, 2, 3, 2 ** 31 - 1],
  Float: [0, 0.1, 0.1 + 0.2, 1e21, -1.5, 1e-7, 3],
  BigInt: [0n, 1n, 2n, -9007199254740993n, 9007199254740993n, 9007199254740992n, 2n ** 63n - 1n],
  Decimal: [
    '0',
    '0.1',
    '1.50',
    '-3.25',
    '12345678901.125',
    ...(provider === 'sqlite' ? [] : ['12345678901234567890.123456788', '12345678901234567890.123456789']),
  ],
  Boolean: [true, false],
  DateTime: [
    '1000-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '2026-03-01T10:20:30.456Z',
    '2026-03-01T10:20:30.457Z',
    '2026-03-01T00:00:00.000Z',
  ].map((text) => new Date(text)),
  Stage: ['review', 'draft', 'done'],
  Json: [1, 'a', '', true, [1, 2], [2, 1], { a: 1 }, { a: { b: null } }],
})

/** Rows whose values come from the pools, NULL among them. The same for the same seed. */
export function randomRows(provider: Provider, { seed, notes = 60 }: { seed: number; notes?: number }): Rows {
  const pool = poolOf(provider)
  const of = (type: string) => fc.constantFrom(...(pool[type] as unknown[]))
  const maybe = (type: string) => fc.option(of(type), { freq: 3 })
  const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
    fc.sample(arbitrary, { numRuns: count, seed })
  const id = fc.integer({ min: 1, max: 8 })
  const locale = fc.option(fc.constantFrom(...words.filter((word) => word.trim() === word)))
  const removedAt = fc.option(of('DateTime'), { freq: 1 })
  const labels = sample(fc.record({ name: of('String'), removedAt }), 6).map((label, at) => ({
    ...label,
    id: `label ${at}`,
    notes: [],
  })) as unknown as Label[]
  const seats = sample(fc.record({ name: maybe('String') }), 5).map((seat, at) => ({
    ...seat,
    row: 1 + (at % 2),
    number: at,
    notes: [] as Note[],
  }))
  const people = sample(
    fc.record({
      name: of('String'),
      nick: maybe('String'),
      bossId: fc.option(id),
      removedAt,
      friends: fc.uniqueArray(id, { maxLength: 3 }),
    }),
    8,
  ).map((person, at) => ({
    ...person,
    id: at + 1,
    boss: null,
    team: [],
    zeta: [],
    alpha: [],
    notes: [],
    edited: [],
  })) as unknown as (Person & { friends?: number[] })[]
  for (const person of people) {
    person.boss = people.find((other) => other.id === person.bossId) ?? null
    person.boss?.team.push(person)
    for (const friend of person.friends ?? []) {
      const other = people[friend - 1] as Person
      person.zeta.push(other)
      other.alpha.push(person)
    }
    delete person.friends
  }
  const found = sample(
    fc.record({
      text: of('String'),
      memo: maybe('String'),
      count: of('Int'),
      score: maybe('Float'),
      big: maybe('BigInt'),
      price: maybe('Decimal'),
      done: maybe('Boolean'),
      at: maybe('DateTime'),
      stage: maybe('Stage'),
      data: maybe('Json'),
      title: fc.option(fc.record({ de: locale, en: locale }, { requiredKeys: [] })),
      authorId: id,
      editorId: fc.option(id),
      seat: fc.option(fc.constantFrom(...seats)),
      labels: fc.subarray(labels, { maxLength: 3 }),
    }),
    notes,
  ).map((note, at) => {
    const row = {
      ...note,
      id: BigInt(at + 1),
      row: note.seat?.row ?? null,
      number: note.seat?.number ?? null,
      author: people[note.authorId - 1],
      editor: people.find((other) => other.id === note.editorId) ?? null,
    } as unknown as Note
    row.author.notes.push(row)
    row.editor?.edited.push(row)
    note.seat?.notes.push(row)
    for (const label of row.labels) label.notes.push(row)
    return row
  })
  return { people, notes: found }
}

/** Writes the rows, relations through Prisma, so that it decides what stands where. */
export async function store(client: PrismaClient, { people, notes }: Rows): Promise<void> {
  const seats = new Map(notes.flatMap(({ seat }) => (seat ? [[seat, scalars(seat)]] : [])))
  const labels = new Map(notes.flatMap((note) => note.labels.map((label) => [label.id, scalars(label)])))
  await client.person.createMany({ data: people.map(scalars) as never })
  await client.seat.createMany({ data: [...seats.values()] as never })
  await client.label.createMany({ data: [...labels.values()] as never })
  await client.note.createMany({ data: notes.map(scalars) as never })
  for (const { id, zeta } of people) {
    if (zeta.length > 0)
      await client.person.update({
        where: { id },
        data: { zeta: { connect: zeta.map((other) => ({ id: other.id })) } },
      })
  }
  for (const note of notes) {
    if (note.labels.length > 0)
      await client.note.update({
        where: { id: note.id },
        data: { labels: { connect: note.labels.map(({ id }) => ({ id })) } },
      })
  }
}

const relations = new Set([
  'boss',
  'team',
  'zeta',
  'alpha',
  'notes',
  'edited',
  'author',
  'editor',
  'seat',
  'labels',
])

function scalars(row: object): object {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => !relations.has(name) && value !== null),
  )
}
