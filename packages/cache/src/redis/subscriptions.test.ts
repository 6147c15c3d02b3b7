import { expect, onTestFinished, test, vi } from 'vitest'
import type { RedisConnection } from './client.ts'
import { subscriptions } from './subscriptions.ts'

/** Connections on which a channel is heard when the test says so. */
function connections() {
  const opened: { asked: Map<string, { accept(): void; refuse(): void }> }[] = []
  const client = {
    duplicate(): RedisConnection {
      const asked = new Map<string, { accept(): void; refuse(): void }>()
      opened.push({ asked })
      return {
        connect: async () => undefined,
        sendCommand: async () => 'PONG',
        subscribe: (channel) =>
          new Promise<void>((accept, reject) => {
            asked.set(channel, { accept, refuse: () => reject(new Error('NOPERM')) })
          }),
        on: () => undefined,
        unref: () => undefined,
        destroy: () => undefined,
      }
    },
  }
  const messages = subscriptions(client, {
    connectTimeoutMs: 5000,
    deadlineMs: 5000,
    random: () => 0,
    mayTry: () => true,
    lost: () => undefined,
  })
  onTestFinished(messages.close)
  const subscriber = () => ({ message: vi.fn(), connected: vi.fn(), lost: vi.fn() })
  const answered = async (attempt: number, channel: string) => {
    await vi.waitFor(() => expect(opened[attempt]?.asked.has(channel)).toBe(true))
    return opened[attempt]?.asked.get(channel) as { accept(): void; refuse(): void }
  }
  return { messages, subscriber, answered }
}

test('who subscribes while the connection is being made hears of changes, too', async () => {
  const { messages, subscriber, answered } = connections()
  const [first, second, third] = [subscriber(), subscriber(), subscriber()]
  messages.subscribe('one', first)
  const one = await answered(0, 'one')
  messages.subscribe('two', second)
  one.accept()
  ;(await answered(0, 'two')).accept()
  await vi.waitFor(() => expect(second.connected).toHaveBeenCalledOnce())
  messages.subscribe('three', third)
  ;(await answered(0, 'three')).accept()
  await vi.waitFor(() => expect(third.connected).toHaveBeenCalledOnce())
  expect(first.connected).toHaveBeenCalledOnce()
})

test('nobody is told to be connected by an attempt that fails for another', async () => {
  const { messages, subscriber, answered } = connections()
  const [first, second] = [subscriber(), subscriber()]
  messages.subscribe('one', first)
  messages.subscribe('two', second)
  for (const attempt of [0, 1]) {
    ;(await answered(attempt, 'one')).accept()
    ;(await answered(attempt, 'two')).refuse()
  }
  ;(await answered(2, 'one')).accept()
  const two = await answered(2, 'two')
  expect([first.connected.mock.calls.length, second.connected.mock.calls.length]).toEqual([0, 0])
  two.accept()
  await vi.waitFor(() => expect(first.connected).toHaveBeenCalledOnce())
})
