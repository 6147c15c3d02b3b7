import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { provide } from './provide.ts'

test('what a request asks for twice is made once, and anew for the next request', async () => {
  let made = 0
  const app = new Hono()
    .use(provide({ number: () => ++made }))
    .get('/', (c) => c.json([c.var.number(), c.var.number()]))
  expect(await (await app.request('/')).json()).toEqual([1, 1])
  expect(await (await app.request('/')).json()).toEqual([2, 2])
})

test('what nobody asks for is never made', async () => {
  const app = new Hono()
    .use(
      provide({
        broken: () => {
          throw new Error('made')
        },
      }),
    )
    .get('/', (c) => c.text('fine'))
  expect(await (await app.request('/')).text()).toBe('fine')
})

test('a promise is made once for all who wait for it, also of undefined', async () => {
  let made = 0
  const app = new Hono()
    .use(
      provide({
        user: async () => {
          made += 1
          await Promise.resolve()
          return undefined
        },
      }),
    )
    .get('/', async (c) => {
      await Promise.all([c.var.user(), c.var.user(), c.var.user()])
      await c.var.user()
      return c.json(made)
    })
  expect(await (await app.request('/')).json()).toBe(1)
})

test('requests at the same time have each their own', async () => {
  const app = new Hono()
    .use(provide({ name: async (c) => c.req.query('name') }))
    .get('/', async (c) => c.text(`${await c.var.name()}`))
  const names = Array.from({ length: 50 }, (_, n) => `n${n}`)
  const answers = await Promise.all(names.map(async (name) => (await app.request(`/?name=${name}`)).text()))
  expect(answers).toEqual(names)
})

test.each(['throws', 'rejects'])(
  'what %s is tried again by the next call, and fails for those who waited',
  async (how) => {
    let tries = 0
    const app = new Hono()
      .use(
        provide({
          flaky: () => {
            tries += 1
            const error = tries === 1 ? new Error('first') : undefined
            if (how === 'throws' && error) throw error
            return error ? Promise.reject(error) : Promise.resolve('there')
          },
        }),
      )
      .get('/', async (c) => {
        const get = async () => c.var.flaky()
        const first = await Promise.allSettled([get(), ...(how === 'rejects' ? [get()] : [])])
        return c.json({ first: first.map(({ status }) => status), again: await get(), tries })
      })
    expect(await (await app.request('/')).json()).toEqual({
      first: how === 'rejects' ? ['rejected', 'rejected'] : ['rejected'],
      again: 'there',
      tries: 2,
    })
  },
)

test('a query that runs when it is waited for runs once, and again after it failed', async () => {
  let runs = 0
  const query = () => ({
    // biome-ignore lint/suspicious/noThenProperty: as query builders have it
    then<A, B>(done: (rows: number) => A, failed: (error: unknown) => B) {
      runs += 1
      return (runs === 1 ? Promise.reject(new Error('first')) : Promise.resolve(runs)).then(done, failed)
    },
  })
  const app = new Hono().use(provide({ rows: query })).get('/', async (c) => {
    const failed = await Promise.allSettled([c.var.rows(), c.var.rows()])
    const rows = await Promise.all([c.var.rows(), c.var.rows()])
    return c.json([failed.map(({ status }) => status), rows, await c.var.rows()])
  })
  expect(await (await app.request('/')).json()).toEqual([['rejected', 'rejected'], [2, 2], 2])
})

test('a rejection that its caller handles is no unhandled one', async () => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', listen)
  const app = new Hono()
    .use(provide({ broken: () => Promise.reject(new Error('no')) }))
    .get('/', async (c) => c.text(await c.var.broken().catch(() => 'handled')))
  expect(await (await app.request('/')).text()).toBe('handled')
  await new Promise(setImmediate)
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
})

test('one provider may use another, and one below takes the place of one above', async () => {
  const app = new Hono()
    .use(provide({ tenant: () => 'a', name: (c) => `of ${c.get('tenant')()}` }))
    .get('/outer', (c) => c.text(c.var.name()))
    .get('/inner', provide({ tenant: () => 'b' }), (c) => c.text(c.var.name()))
  expect(await (await app.request('/outer')).text()).toBe('of a')
  expect(await (await app.request('/inner')).text()).toBe('of b')
})

test('outside there is nothing', async () => {
  const app = new Hono().get('/', (c) => c.text(typeof c.get('number' as never)))
  app.use(provide({ number: () => 1 }))
  expect(await (await app.request('/')).text()).toBe('undefined')
})
