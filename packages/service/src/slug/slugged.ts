import type { UnitOfWork } from '@fastkit/contracts'
import { ServiceError } from '../errors.ts'
import { isTaken } from '../is-taken.ts'
import { cutGraphemes, slugify } from './slugify.ts'

export interface SlugOptions<Source extends string = string> {
  /** What it is made from, in this order. */
  readonly from: Source | readonly Source[]
  /** @default 'slug' */
  readonly field?: string
  /** In characters, the number at its end included; from 16. @default 80 */
  readonly maxLength?: number
  /** Slugs no row gets: the words that stand in its place in routes. @default ['new', 'edit'] */
  readonly reserved?: readonly string[]
  /** Makes a new slug when a source changes, and links to the old one lead nowhere. @default false */
  readonly onUpdate?: boolean
}

/** What slugs need of a repository, without its types. */
interface Slugs {
  exists(filter: object): Promise<boolean>
  getOrFail(key: unknown): Promise<Readonly<Record<string, unknown>>>
  create(data: object): Promise<unknown>
  update(key: unknown, data: object, options?: object): Promise<unknown>
  createMany(data: readonly object[]): Promise<number>
  updateMany(filter: object, data: object, options?: object): Promise<number>
}

type Data = Readonly<Record<string, unknown>>

/** Numbers that are looked up before a random end is taken. */
const lookedUp = 20
/** Another can take a slug between its look-up and the insert. The last attempt has a random end. */
const attempts = 3

/** A repository that gives its rows a slug where the data brings none. Everything else is the repository's. */
export function slugged<Repository extends object>(
  repository: Repository,
  options: SlugOptions,
  unitOfWork: UnitOfWork | undefined,
): Repository {
  const { field = 'slug', maxLength = 80, reserved = ['new', 'edit'], onUpdate = false } = options
  const from = typeof options.from === 'string' ? [options.from] : options.from
  if (from.length === 0 || !Number.isInteger(maxLength) || maxLength < 16) {
    throw new ServiceError('SERVICE_CONFIG', 'A slug needs `from`, and a maxLength of 16 or more')
  }
  const slugs = repository as unknown as Slugs
  const own: Partial<Record<string, unknown>> = { create, update, createMany, updateMany }
  return new Proxy(repository, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return own[String(name)] ?? value.bind(target)
    },
  })

  async function create(data: Data): Promise<unknown> {
    return isGiven(data)
      ? slugs.create(data)
      : write(data, undefined, (slug) => slugs.create({ ...data, [field]: slug }))
  }

  async function update(key: unknown, data: Data, ...rest: [object?]): Promise<unknown> {
    if (!changesSlug(data)) return slugs.update(key, data, ...rest)
    const row = await slugs.getOrFail(key)
    const text = { ...row, ...data }
    return write(text, row[field], (slug) => slugs.update(key, { ...data, [field]: slug }, ...rest))
  }

  /** A slug that is taken meanwhile is the repository's error: nothing of the batch has been written then. */
  async function createMany(list: readonly Data[]): Promise<number> {
    const chosen = new Set<string>()
    const rows: Data[] = []
    for (const data of list) {
      if (isGiven(data)) rows.push(data)
      else {
        const slug = await choose(baseOf(data), chosen, undefined)
        chosen.add(slug)
        rows.push({ ...data, [field]: slug })
      }
    }
    return slugs.createMany(rows)
  }

  async function updateMany(filter: object, data: Data, ...rest: [object?]): Promise<number> {
    if (changesSlug(data)) {
      throw new ServiceError(
        'SLUG_UPDATE',
        `Many rows cannot have one "${field}": change them one by one, or give one`,
      )
    }
    return slugs.updateMany(filter, data, ...rest)
  }

  /** Tries slugs until one is free when it is written. */
  async function write<T>(data: Data, current: unknown, insert: (slug: string) => Promise<T>): Promise<T> {
    const base = baseOf(data)
    const lost = new Set<string>()
    for (let attempt = 1; ; attempt++) {
      const slug = attempt < attempts ? await choose(base, lost, current) : withRandomEnd(base)
      try {
        // PostgreSQL ends a transaction with the first error in it.
        return await (unitOfWork?.active() ? unitOfWork.savepoint(() => insert(slug)) : insert(slug))
      } catch (error) {
        if (attempt === attempts || !isTaken(error, field)) throw error
        lost.add(slug)
      }
    }
  }

  async function choose(base: string, lost: ReadonlySet<string>, current: unknown): Promise<string> {
    for (let number = 1; base !== '' && number <= lookedUp; number++) {
      const slug = number === 1 ? base : ending(base, String(number))
      if (slug === current) return slug
      if (reserved.includes(slug) || lost.has(slug)) continue
      if (!(await slugs.exists({ [field]: slug }))) return slug
    }
    return withRandomEnd(base)
  }

  function baseOf(data: Data): string {
    const texts = from.map((name) => data[name]).filter((text) => typeof text === 'string')
    return slugify(texts.join(' '), maxLength)
  }

  function isGiven(data: Data): boolean {
    return data[field] !== undefined && data[field] !== null && data[field] !== ''
  }

  function changesSlug(data: Data): boolean {
    return onUpdate && !isGiven(data) && from.some((name) => data[name] !== undefined)
  }

  function withRandomEnd(base: string): string {
    return ending(base, randomEnd())
  }

  /** What is too long loses its end, and never the suffix. */
  function ending(base: string, suffix: string): string {
    const stem = cutGraphemes(base, maxLength - suffix.length - 1).replace(/-$/, '')
    return stem === '' ? suffix : `${stem}-${suffix}`
  }
}

/** 50 random bits in ten letters and digits that are not mistaken for each other. */
function randomEnd(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return Array.from(bytes, (byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]).join('')
}
