import { modelName } from './schema.ts'

/** Models that every program works with; the client has more. */
const USED = 20

export interface Program {
  readonly name: string
  readonly source: string
  /** Others read its declarations, as `./declared/<name>.js`. */
  readonly declared?: true
}

/** The programs to compare: the same work on plain Prisma and on repositories, and the mixins on their own. */
export function programsOver(models: number): Program[] {
  const extended = `import { mixins } from '@fastkit/db'
import type { PrismaClient } from './postgresql/client.ts'

declare const base: PrismaClient
export const prisma = base.$extends(mixins({
${names(models)
  .map((name) => `  ${name}: { timestamps: true, softDelete: true },\n`)
  .join('')}}))
`
  return [
    { name: 'plain', source: `${PLAIN_HEAD}${names(USED).map(plain).join('')}` },
    {
      name: 'repository',
      source: `${REPOSITORY_HEAD}${extended}${UNIT_OF_WORK}${names(USED).map(repository).join('')}`,
    },
    { name: 'mixins', source: extended },
  ]
}

const PLAIN_HEAD = `import type { PrismaClient } from './postgresql/client.ts'

declare const prisma: PrismaClient
`

const REPOSITORY_HEAD = `import type { Repository } from '@fastkit/contracts'
import { any, createRepository, createUnitOfWork, not } from '@fastkit/db'
`

const UNIT_OF_WORK = `const uow = createUnitOfWork(prisma)
`

// What a row gives is read three levels deep, so that results are resolved and not only inputs.
function plain(name: string): string {
  return `
export async function ${name}(): Promise<unknown> {
  const rows = await prisma.${name}.findMany({
    where: {
      name: { contains: 'a', mode: 'insensitive' },
      next: { count: { gte: 1 }, leap: { status: 'OPEN', next: { amount: { lt: '9.5' } } } },
    },
    orderBy: [{ next: { name: 'asc' } }, { createdAt: 'desc' }],
    include: { next: { select: { name: true, leap: { select: { id: true, data: true } } } } },
  })
  const either = await prisma.${name}.findMany({
    where: { OR: [{ leap: { name: { startsWith: 'b' } } }, { NOT: { previous: { some: { status: 'PAID' } } } }] },
  })
  const made = await prisma.${name}.create({
    data: { name: 'a', amount: '1.5', nextId: 1, leapId: 2, updatedAt: new Date() },
    include: { leap: true },
  })
  const changed = await prisma.${name}.update({ where: { id: made.id }, data: { name: 'b', count: 3 } })
  const total = await prisma.${name}.count({ where: { status: 'VOID', next: { name: 'c' } } })
  return [rows[0]?.next.leap.id, either[0]?.name, changed.amount, made.leap.count, total]
}
`
}

function repository(name: string): string {
  return `
export async function ${name}(): Promise<unknown> {
  const repository = createRepository(uow, '${name}')
  const rows = await repository.filter(
    { name__icontains: 'a', next__count__gte: 1, next__leap__status: 'OPEN', next__leap__next__amount__lt: '9.5' },
    {
      orderBy: ['next__name', '-createdAt'],
      include: { next: { select: { name: true, leap: { select: { id: true, data: true } } } } },
    },
  )
  const either = await repository.filter(any({ leap__name__startswith: 'b' }, not({ previous__status: 'PAID' })))
  const made = await repository.create({ name: 'a', amount: '1.5', nextId: 1, leapId: 2 })
  const read = await repository.getOrFail(made.id, { include: { leap: true } })
  const changed = await repository.update(made.id, { name: 'b', count: 3 })
  const total = await repository.count({ status: 'VOID', next__name: 'c' })
  const narrow: Repository<
    { id: number; name: string; count: number },
    { name: string; amount: number; nextId: number; leapId: number },
    { name?: string },
    { name__startswith?: string; count__gte?: number; next__name?: string },
    number
  > = repository
  return [rows[0]?.next.leap.id, either[0]?.name, changed.amount, read.leap.count, total, narrow]
}
`
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => modelName(index))
}
