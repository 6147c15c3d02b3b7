import { cached, createCache, memoryStore } from '@fastkit/cache'
import { createRepository, createUnitOfWork, mixins } from '@fastkit/db'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../test/open-database.ts'

async function build() {
  const { prisma, close } = await openDatabase()
  onTestFinished(close)
  const uow = createUnitOfWork(prisma.$extends(mixins({})))
  const clients = createRepository(uow, 'client')
  const cache = createCache(memoryStore(), { unitOfWork: uow })
  const nameOf = cached({ cache, name: 'clients.name' })(
    async (id: number) => (await clients.getOrFail(id)).name,
  )
  const rename = async (id: number, name: string) => {
    await clients.update(id, { name })
    await nameOf.invalidate(id)
  }
  const { id } = await clients.create({ name: 'Ann' })
  expect(await nameOf(id)).toBe('Ann')
  return { uow, nameOf, rename, id }
}

test('who reads while a transaction is open gets the old value, and after the commit the new one', async () => {
  const { uow, nameOf, rename, id } = await build()
  let changed = () => {}
  let go = () => {}
  const isChanged = new Promise<void>((resolve) => {
    changed = resolve
  })
  const mayCommit = new Promise<void>((resolve) => {
    go = resolve
  })
  const running = uow.run(async () => {
    await rename(id, 'Bea')
    expect(await nameOf(id)).toBe('Bea') // its own change
    changed()
    await mayCommit
  })
  await isChanged
  expect(await nameOf(id)).toBe('Ann')
  go()
  await running
  expect(await nameOf(id)).toBe('Bea')
})

test('after a rollback the old value is still there, and nothing of the other', async () => {
  const { uow, nameOf, rename, id } = await build()
  const failing = uow.run(async () => {
    await rename(id, 'Bea')
    expect(await nameOf(id)).toBe('Bea')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await nameOf(id)).toBe('Ann')
})

test('a change in a savepoint that is rolled back invalidates nothing, one beside it does', async () => {
  const { uow, nameOf, rename, id } = await build()
  await uow.run(async () => {
    const failing = uow.savepoint(async () => {
      await rename(id, 'Bea')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await nameOf(id)).toBe('Ann')
    await rename(id, 'Eve')
  })
  expect(await nameOf(id)).toBe('Eve')
})
