import { expect, test } from 'vitest'
import { createLifecycle } from './lifecycle.ts'

const silent = () => {}

test('what was opened last is closed first, one after the other', async () => {
  const order: string[] = []
  const lifecycle = createLifecycle()
  for (const name of ['database', 'cache', 'events']) {
    lifecycle.onClose(name, async () => {
      order.push(`${name} closes`)
      await Promise.resolve()
      order.push(`${name} closed`)
    })
  }
  expect(await lifecycle.close()).toEqual([])
  expect(order).toEqual(
    ['events', 'cache', 'database'].flatMap((name) => [`${name} closes`, `${name} closed`]),
  )
})

test('what cannot be closed keeps nothing else open, and is named', async () => {
  const logged: object[] = []
  const logger = { debug: silent, info: silent, warn: silent, error: (fields: object) => logged.push(fields) }
  const lifecycle = createLifecycle({ logger })
  let closed = false
  lifecycle.onClose('database', () => (closed = true))
  lifecycle.onClose('cache', () => {
    throw 'nothing'
  })
  lifecycle.onClose('events', () => Promise.reject(new Error('down')))
  expect(await lifecycle.close()).toEqual(['events', 'cache'])
  expect(closed).toBe(true)
  expect(logged).toMatchObject([{ name: 'events', err: { message: 'down' } }, { name: 'cache' }])
})

test('what hangs while it is closed is named, and keeps nothing else open', async () => {
  const logged: object[] = []
  const logger = { debug: silent, info: silent, warn: silent, error: (fields: object) => logged.push(fields) }
  const lifecycle = createLifecycle({ logger, closeTimeoutMs: 5 })
  let closed = false
  lifecycle.onClose('database', () => (closed = true))
  lifecycle.onClose('cache', () => new Promise(() => {}))
  expect(lifecycle.open).toEqual(['cache', 'database'])
  expect(await lifecycle.close()).toEqual(['cache'])
  expect([closed, lifecycle.open]).toEqual([true, []])
  expect(logged).toMatchObject([{ name: 'cache', err: { message: 'No answer within 5 ms' } }])
})

test('draining is said at once, and once; closing drains', async () => {
  const lifecycle = createLifecycle()
  expect([lifecycle.draining, lifecycle.signal.aborted]).toEqual([false, false])
  lifecycle.drain()
  lifecycle.drain()
  expect([lifecycle.draining, lifecycle.signal.aborted]).toEqual([true, true])
  const other = createLifecycle()
  const closing = other.close()
  expect(other.draining).toBe(true)
  await closing
})

test('closing twice closes once', async () => {
  let closed = 0
  const lifecycle = createLifecycle()
  lifecycle.onClose('database', () => closed++)
  await Promise.all([lifecycle.close(), lifecycle.close()])
  expect(closed).toBe(1)
  expect(() => lifecycle.onClose('late', silent)).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
})
