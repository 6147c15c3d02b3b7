import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { emptyDatabase, providers } from '../../test/databases.ts'
import { PrismaClient } from '../../test/live/generated/mysql/client.ts'
import { createRepository } from '../repository/create-repository.ts'
import { mixins } from './mixins.ts'

// Other databases have partial unique indexes.
describe.each(providers.filter((provider) => provider === 'mysql'))(
  'on %s, a calculated unique',
  (provider) => {
    let drop: () => Promise<void>
    let base: PrismaClient
    const users = () =>
      createRepository(base.$extends(mixins({ user: { softDelete: true } })), 'user', {}) as never as Users
    beforeAll(async () => {
      const database = await emptyDatabase(provider)
      drop = database.drop
      base = new PrismaClient({ adapter: database.adapter() as never })
      await base.$executeRawUnsafe(`CREATE TABLE \`User\` (
      id INT AUTO_INCREMENT PRIMARY KEY, team INT NOT NULL DEFAULT 1, nick VARCHAR(99) NOT NULL, email VARCHAR(99) NOT NULL,
      deletedAt DATETIME(3),
      emailLive VARCHAR(99) GENERATED ALWAYS AS (IF(deletedAt IS NULL, email, NULL)) VIRTUAL,
      nickLive VARCHAR(99) GENERATED ALWAYS AS (IF(deletedAt IS NULL, nick, NULL)) VIRTUAL,
      UNIQUE INDEX \`User_emailLive_key\` (emailLive), UNIQUE INDEX \`User_team_nickLive_key\` (team, nickLive))`)
    })
    beforeEach(() => base.user.deleteMany())
    afterAll(async () => {
      await base.$disconnect()
      await drop()
    })

    test('is free again after deletion, and named as what it stands for', async () => {
      const ann = await users().create({ nick: 'ann', email: 'a@x' })
      expect(Object.keys(ann)).toEqual(['id', 'team', 'nick', 'email', 'deletedAt'])
      for (const [data, fields] of [
        [{ nick: 'bob', email: 'a@x' }, ['email']],
        [{ nick: 'ann', email: 'b@x' }, ['team', 'nick']],
      ] as const) {
        await expect(users().create(data)).rejects.toMatchObject({
          code: 'UNIQUE_VIOLATION',
          params: { fields },
        })
      }
      await users().delete(ann.id)
      const again = await users().create({ nick: 'ann', email: 'a@x' })
      await expect(users().restore(ann.id)).rejects.toMatchObject({
        code: 'UNIQUE_VIOLATION',
      })
      expect(await users().get({ email: 'a@x' })).toEqual(again)
      expect(await users().get({ team_nick: { team: 1, nick: 'ann' } })).toEqual(again)
    })

    test('is a key to get or create by, and to upsert', async () => {
      const key = { email: 'a@x' }
      const data = { nick: 'ann', email: 'a@x' }
      const { row, created } = await users().getOrCreate(key, data)
      expect(created).toBe(true)
      expect(await users().getOrCreate(key, data)).toEqual({ row, created: false })
      expect(await users().upsert(key, { create: data, update: { nick: 'x' } })).toEqual({
        ...row,
        nick: 'x',
      })
      await users().delete(row.id)
      expect(await users().upsert(key, { create: data, update: { nick: 'y' } })).toMatchObject({
        nick: 'ann',
      })
      expect(await base.user.count()).toBe(2)
    })

    test('is not written', async () => {
      const data = { nick: 'ann', email: 'a@x', emailLive: 'b@x' }
      await expect(users().create(data)).rejects.toMatchObject({ code: 'MANAGED_FIELD' })
      expect(await base.user.count()).toBe(0)
    })
  },
)

interface User {
  readonly id: number
}

/** The app is typed on its SQLite client, which knows no such columns. */
interface Users {
  create(data: object): Promise<User>
  get(key: unknown): Promise<User | null>
  delete(key: number): Promise<User>
  restore(key: number): Promise<User>
  getOrCreate(key: object, data: object): Promise<{ row: User; created: boolean }>
  upsert(key: object, data: object): Promise<User>
}
