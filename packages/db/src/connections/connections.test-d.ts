import { expectTypeOf, test } from 'vitest'
import type { PrismaClient } from '../../test/generated/sqlite/client.ts'
import { mixins } from '../mixins/mixins.ts'
import { createConnections } from './create-connections.ts'
import type { Health } from './health.ts'
import { readReplicas } from './read-replicas.ts'
import { readYourWrites } from './read-your-writes.ts'

declare const base: PrismaClient

test('connections are known by name, each with its own type', async () => {
  const main = base.$extends(mixins({ author: { softDelete: true } }))
  const connections = createConnections({ main, analytics: base })
  expectTypeOf(connections.get('main')).toEqualTypeOf<typeof main>()
  expectTypeOf(connections.get('analytics')).toEqualTypeOf<PrismaClient>()
  expectTypeOf(await connections.health()).toEqualTypeOf<{
    readonly main: Health
    readonly analytics: Health
  }>()
  // @ts-expect-error there is no such connection
  connections.get('other')
  // @ts-expect-error this is no client
  createConnections({ main: {} })
})

test('replicas leave the type of a client as it is', async () => {
  const main = base.$extends(mixins({ author: { softDelete: true } }))
  const db = main.$extends(readReplicas({ replicas: [base] }))
  expectTypeOf(await db.author.findFirstOrThrow({ select: { name: true } })).toEqualTypeOf<{ name: string }>()
  expectTypeOf(db.author.withDeleted).toEqualTypeOf<typeof main.author.withDeleted>()
  expectTypeOf(db.$fastkit).toEqualTypeOf<typeof main.$fastkit>()
  expectTypeOf(await readYourWrites(db, () => db.book.count())).toEqualTypeOf<number>()
})
