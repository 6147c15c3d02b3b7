import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSignal } from './create-signal.ts'
import type { Signal, SignalOptions } from './signal.ts'

interface Paid {
  invoiceId: number
}
const paid: Paid = { invoiceId: 1 }

let logged: { fields: Record<string, unknown>; message: string | undefined }[]
let signal: Signal<Paid>
const make = (options: SignalOptions = {}) =>
  createSignal<Paid>('invoice.paid', { logger: loggerOf(), ...options })

beforeEach(() => {
  logged = []
  signal = make()
})

function loggerOf() {
  const log = (fields: object, message?: string) =>
    void logged.push({ fields: fields as Record<string, unknown>, message })
  return { debug: log, info: log, warn: log, error: log }
}

/** A promise that others settle. */
function deferred() {
  let resolve = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<void>((done, fail) => {
    resolve = done
    reject = fail
  })
  return { promise, resolve: () => resolve(), reject: (error: unknown) => reject(error) }
}

describe('a send', () => {
  test('calls every receiver with the payload, in the order they were connected, and counts them', async () => {
    const calls: unknown[] = []
    signal.connect((payload) => void calls.push(['a', payload]))
    signal.connect(async (payload) => void calls.push(['b', payload]))
    signal.connect((payload) => void calls.push(['c', payload]))
    expect(await signal.send(paid)).toMatchObject({ delivered: 3, errors: [] })
    expect(signal.sendSync(paid)).toEqual({ delivered: 2, pending: 1, errors: [] })
    const round = ['a', 'b', 'c'].map((name) => [name, paid])
    expect(calls).toEqual([...round, ...round])
  })

  test('to nobody reaches nobody', async () => {
    expect(await signal.send(paid)).toMatchObject({ delivered: 0, errors: [] })
    expect(signal.sendSync(paid)).toEqual({ delivered: 0, pending: 0, errors: [] })
  })

  test.each([false, true])(
    'says the same whether its receivers are async or not; sequential: %s',
    async (sequential) => {
      for (const receiver of [() => {}, async () => {}]) {
        const one = make({ sequential })
        expect(await one.send(paid)).toEqual({ delivered: 0, errors: [] })
        one.connect(receiver)
        expect(await one.send(paid)).toEqual({ delivered: 1, errors: [] })
        one.connect(() => Promise.reject('no'), { name: 'failing' })
        expect(await one.send(paid)).toEqual({ delivered: 1, errors: [{ receiver: 'failing', error: 'no' }] })
      }
      const checked = createSignal('checked', { schema: v.object({ id: v.number() }), sequential })
      const refused = [{ receiver: null, error: expect.objectContaining({ code: 'SIGNAL_PAYLOAD' }) }]
      expect(await checked.send({} as never)).toEqual({ delivered: 0, errors: refused })
      expect(checked.sendSync({} as never)).toEqual({ delivered: 0, pending: 0, errors: refused })
    },
  )

  test('of a signal without a payload takes none', async () => {
    const receiver = vi.fn()
    const started = createSignal('app.started')
    started.connect(receiver)
    await started.send()
    started.sendSync()
    expect(receiver.mock.calls).toEqual([[undefined], [undefined]])
  })

  test('takes its verb along when it is passed as a function', async () => {
    const receiver = vi.fn()
    signal.connect(receiver)
    const other = make()
    other.connect(signal.send)
    await other.send(paid)
    expect(receiver).toHaveBeenCalledWith(paid)
  })
})

describe('a receiver that fails', () => {
  const kinds: [string, () => unknown, unknown][] = [
    ['throws an Error', thrower(new Error('no')), new Error('no')],
    ['rejects', async () => Promise.reject(new Error('no')), new Error('no')],
    ['throws a string', thrower('no'), 'no'],
    ['throws nothing at all', thrower(undefined), undefined],
    ['rejects with null', () => Promise.reject(null), null],
  ]

  test.each(kinds)(
    'that %s, keeps nobody else from its call; the error is returned and logged once',
    async (_, fail, error) => {
      const others = [vi.fn(), vi.fn()]
      signal.connect(others[0] as () => void)
      signal.connect(fail, { name: 'failing' })
      signal.connect(others[1] as () => void)
      const result = await signal.send(paid)
      expect(result).toEqual({ delivered: 2, errors: [{ receiver: 'failing', error }] })
      for (const other of others) expect(other).toHaveBeenCalledTimes(1)
      expect(logged).toEqual([
        {
          fields: { signal: 'invoice.paid', receiver: 'failing', err: error },
          message: 'A receiver of a signal failed',
        },
      ])
    },
  )

  test('is told in the result of a sendSync when it is sync, and to the logger when it is async', async () => {
    signal.connect(thrower(1), { name: 'sync' })
    signal.connect(() => Promise.reject(2), { name: 'async' })
    expect(signal.sendSync(paid)).toEqual({
      delivered: 0,
      pending: 1,
      errors: [{ receiver: 'sync', error: 1 }],
    })
    await signal.drain()
    expect(logged.map(({ fields }) => fields['receiver'])).toEqual(['sync', 'async'])
  })

  test('each of many is told', async () => {
    const gates = [deferred(), deferred(), deferred()]
    for (const [at, { promise }] of gates.entries()) signal.connect(() => promise, { name: `r${at}` })
    const sent = signal.send(paid)
    gates[2]?.reject('two')
    gates[0]?.reject('zero')
    await Promise.resolve()
    gates[1]?.resolve()
    expect(await sent).toMatchObject({
      delivered: 1,
      errors: expect.arrayContaining([
        { receiver: 'r2', error: 'two' },
        { receiver: 'r0', error: 'zero' },
      ]),
    })
  })

  test('is told to the logger although another never ends', async () => {
    signal.connect(() => new Promise(() => {}))
    signal.connect(() => Promise.reject('early'))
    void signal.send(paid)
    await new Promise((resolve) => setImmediate(resolve))
    expect(logged).toHaveLength(1)
  })

  test('may have a logger that fails', async () => {
    const broken = make({ logger: { ...loggerOf(), error: thrower('logger') } })
    const after = vi.fn()
    broken.connect(thrower('no'))
    broken.connect(async () => Promise.reject('later'))
    broken.connect(after)
    expect(await broken.send(paid)).toMatchObject({ delivered: 1 })
    expect(after).toHaveBeenCalled()
  })
})

describe('with a clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a receiver that never settles ends after its timeoutMs, and not before', async () => {
    signal.connect(() => new Promise(() => {}), { name: 'hung', timeoutMs: 50 })
    let result: unknown
    void signal.send(paid).then((sent) => {
      result = sent
    })
    await vi.advanceTimersByTimeAsync(49)
    expect(result).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(result).toMatchObject({
      delivered: 0,
      errors: [{ receiver: 'hung', error: { code: 'RECEIVER_TIMEOUT', kind: 'internal' } }],
    })
    expect(await signal.drain(0)).toEqual([])
  })

  test('one in time leaves no timer, one without timeoutMs sets none, and a late failure harms nobody', async () => {
    const late = deferred()
    signal.connect(async () => {}, { timeoutMs: 50 })
    signal.connect(() => {}, { timeoutMs: 50 })
    signal.connect(async () => {})
    await signal.send(paid)
    expect(vi.getTimerCount()).toBe(0)
    signal.connect(() => late.promise, { timeoutMs: 1 })
    const sent = signal.send(paid)
    await vi.advanceTimersByTimeAsync(1)
    expect(await sent).toMatchObject({ errors: [{ error: { code: 'RECEIVER_TIMEOUT' } }] })
    late.reject(new Error('late'))
    await vi.advanceTimersByTimeAsync(1)
  })

  test('drain gives up after its time, and names those still at work, once for each call', async () => {
    const gate = deferred()
    signal.connect(() => gate.promise, { name: 'mail' })
    signal.connect(async () => {}, { name: 'quick' })
    const gone = signal.connect(() => gate.promise, { name: 'gone' })
    for (let at = 0; at < 2; at++) void signal.send(paid)
    signal.sendSync(paid)
    gone.disconnect()
    await vi.advanceTimersByTimeAsync(0)
    const drained = signal.drain(100)
    await vi.advanceTimersByTimeAsync(100)
    expect((await drained).toSorted()).toEqual(['gone', 'gone', 'gone', 'mail', 'mail', 'mail'])
    expect(await signal.drain(0)).toHaveLength(6)
    gate.resolve()
    expect(await signal.drain()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('receivers', () => {
  test('are at work side by side', async () => {
    const order: string[] = []
    const gate = deferred()
    signal.connect(async () => {
      order.push('a')
      await gate.promise
      order.push('a ends')
    })
    signal.connect(async () => void order.push('b'))
    const sent = signal.send(paid)
    expect(order).toEqual(['a', 'b'])
    gate.resolve()
    await sent
    expect(order).toEqual(['a', 'b', 'a ends'])
  })

  test('wait for each other where the signal is sequential, and go on after a failure', async () => {
    const sequential = make({ sequential: true })
    const order: string[] = []
    for (const name of ['a', 'b', 'c']) {
      const receiver = async () => {
        order.push(name)
        await Promise.resolve()
        order.push(`${name} ends`)
        if (name === 'b') throw name
      }
      sequential.connect(receiver, { name })
    }
    expect(await sequential.send(paid)).toEqual({ delivered: 2, errors: [{ receiver: 'b', error: 'b' }] })
    expect(order).toEqual(['a', 'a ends', 'b', 'b ends', 'c', 'c ends'])
  })

  test('of a sequential signal count as at work before their turn', async () => {
    const sequential = make({ sequential: true })
    const gate = deferred()
    sequential.connect(() => {}, { name: 'done' })
    sequential.connect(() => gate.promise, { name: 'first' })
    sequential.connect(() => {}, { name: 'second' })
    void sequential.send(paid)
    await Promise.resolve()
    expect(await sequential.drain(0)).toEqual(['first', 'second'])
    gate.resolve()
    expect(await sequential.drain()).toEqual([])
  })
})

describe('a send under way', () => {
  test('skips nobody when receivers are disconnected meanwhile', () => {
    const calls: string[] = []
    const a = () => {
      calls.push('a')
      signal.disconnect(a)
      signal.disconnect(c)
    }
    const b = () => void calls.push('b')
    const c = () => void calls.push('c')
    for (const receiver of [a, b, c]) signal.connect(receiver)
    signal.sendSync(paid)
    expect(calls).toEqual(['a', 'b', 'c'])
    signal.sendSync(paid)
    expect(calls).toEqual(['a', 'b', 'c', 'b'])
  })

  test('does not reach those connected meanwhile', async () => {
    let calls = 0
    signal.connect(function again() {
      calls++
      signal.connect(() => {
        calls++
      })
    })
    await signal.send(paid)
    expect(calls).toBe(1)
    expect(signal.receivers).toHaveLength(2)
  })
})

describe('a recursion', () => {
  test.each(['send', 'sendSync'] as const)('by %s ends after 16 levels, with an error', async (verb) => {
    let calls = 0
    const results: unknown[] = []
    signal.connect(async function again() {
      calls++
      results.push(await signal[verb](paid))
    })
    await signal[verb](paid)
    await signal.drain()
    expect(calls).toBe(16)
    expect(results).toContainEqual(
      expect.objectContaining({
        delivered: 0,
        errors: [{ receiver: null, error: expect.objectContaining({ code: 'SIGNAL_RECURSION' }) }],
      }),
    )
    expect((await signal.send(paid)).errors).toEqual([])
  })

  test('over another signal ends as well, also where the signals are sequential', async () => {
    const [a, b] = [make({ sequential: true }), make()]
    let calls = 0
    a.connect(() => void b.sendSync(paid))
    b.connect(() => {
      calls++
      void a.send(paid)
    })
    await a.send(paid)
    expect(calls).toBe(16)
  })

  test('until the stack is full leaves the signal as it was', async () => {
    const dive = (): number => dive() + 1
    signal.connect(dive)
    for (let at = 0; at < 20; at++)
      expect((await signal.send(paid)).errors[0]?.error).toBeInstanceOf(RangeError)
  })

  test.each([true, false])(
    'of the sender’s own until the stack is full leaves the signal as it was; sequential: %s',
    async (sequential) => {
      const each = make({ sequential })
      each.connect(async () => {}, { name: 'async' })
      each.connect(thrower('no'), { name: 'thrower' })
      let left = 0
      const dive = (): void => {
        try {
          dive()
        } finally {
          if (left-- > 0) {
            if (sequential) void each.send(paid).catch(() => {})
            else each.sendSync(paid)
          }
        }
      }
      for (let at = 0; at < (sequential ? 1 : 20); at++) {
        left = 100
        expect(dive).toThrow(RangeError)
      }
      logged = []
      expect((await each.send(paid)).errors).toEqual([{ receiver: 'thrower', error: 'no' }])
      expect(await each.drain(100)).toEqual([])
    },
  )
})

test('what a receiver returns is awaited, whatever the receiver is', async () => {
  const done: string[] = []
  const work = async (name: string) => {
    await Promise.resolve()
    done.push(name)
  }
  class Mailer {
    readonly name = 'bound'
    receive() {
      return work(this.name)
    }
  }
  const mailer = new Mailer()
  signal.connect(mailer.receive.bind(mailer))
  signal.connect(new Proxy(() => work('proxy'), {}))
  signal.connect(() => work('arrow'))
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tried
  signal.connect(() => ({ then: (resolve: () => void) => void work('thenable').then(resolve) }))
  signal.connect(() => 5)
  expect(await signal.send(paid)).toMatchObject({ delivered: 5, errors: [] })
  expect(done).toEqual(['bound', 'proxy', 'arrow', 'thenable'])
})

test('a generator function is refused, as nobody would run what it returns', () => {
  for (const receiver of [function* () {}, async function* () {}]) {
    expect(() => signal.connect(receiver)).toThrow(expect.objectContaining({ code: 'SIGNAL_CONFIG' }))
  }
})

test('a thenable that throws, settles twice or has a poisoned `then` fails alone', async () => {
  // biome-ignore-start lint/suspicious/noThenProperty: thenables are what is tried
  signal.connect(() => ({ then: thrower('then') }), { name: 'throws' })
  signal.connect(
    () => ({
      then: (resolve: () => void, reject: (error: string) => void) => [resolve(), resolve(), reject('late')],
    }),
    { name: 'twice' },
  )
  signal.connect(() => Object.defineProperty({}, 'then', { get: thrower('getter') }), { name: 'poisoned' })
  // biome-ignore-end lint/suspicious/noThenProperty: thenables are what is tried
  const { delivered, errors } = await signal.send(paid)
  expect(delivered).toBe(1)
  expect(errors.toSorted((a, b) => String(a.receiver).localeCompare(String(b.receiver)))).toEqual([
    { receiver: 'poisoned', error: 'getter' },
    { receiver: 'throws', error: 'then' },
  ])
  expect(await signal.drain()).toEqual([])
})

test('promises whose `then` was replaced neither keep a send open, nor end one twice', async () => {
  const done = deferred()
  const replaced = (then: (settle: () => void) => void) => Object.assign(Promise.resolve(), { then })
  signal.connect(() => replaced(thrower('then')) as unknown)
  signal.connect(() => replaced((settle) => [settle(), settle()]) as unknown, { maxInFlight: 1 })
  signal.connect(() => done.promise, { name: 'slow' })
  const sent = signal.send(paid)
  await new Promise((resolve) => setImmediate(resolve))
  expect(await signal.drain(0)).toEqual(['slow'])
  done.resolve()
  expect(await sent).toMatchObject({ delivered: 3, errors: [] })
  expect((await signal.send(paid)).errors).toEqual([])
  expect(await signal.drain()).toEqual([])
})

test('a promise that fails to be waited for is one failure, and keeps no send open', async () => {
  let looks = 0
  const hostile = Object.defineProperty(Promise.resolve(), 'constructor', {
    get() {
      if (++looks > 1) throw new Error('constructor')
      return Promise
    },
  })
  signal.connect(() => hostile)
  const sent = await Promise.race([
    signal.send(paid),
    new Promise((resolve) => setTimeout(resolve, 50, 'open')),
  ])
  expect(sent).toMatchObject({ delivered: 0, errors: [{ error: new Error('constructor') }] })
  expect(await signal.drain(0)).toEqual([])
})

test('a send that nobody awaits leaves no rejection unhandled', async () => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown) => void unhandled.push(reason)
  process.on('unhandledRejection', listen)
  const sequential = make({ sequential: true })
  for (const each of [signal, sequential]) {
    each.connect(thrower('sync'))
    each.connect(async () => Promise.reject('async'))
    each.connect(async () => Promise.reject('limited'), { timeoutMs: 10, maxInFlight: 1 })
    void each.send(paid)
    each.sendSync(paid)
    await each.drain()
  }
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
})

describe('a connection', () => {
  test('ends with disconnect, with its scope, with an abort, and only once', async () => {
    const receiver = vi.fn()
    const abort = new AbortController()
    const connections = [
      signal.connect(() => receiver()),
      signal.connect(() => receiver(), { abort: abort.signal }),
    ]
    {
      using _ = signal.connect(() => receiver())
      expect(signal.receivers).toHaveLength(3)
    }
    expect(signal.receivers).toHaveLength(2)
    abort.abort()
    for (const connection of [...connections, ...connections]) connection.disconnect()
    await signal.send(paid)
    expect(signal.receivers).toHaveLength(0)
    expect(receiver).not.toHaveBeenCalled()
  })

  test('never begins with a signal that is aborted already', () => {
    const connection = signal.connect(() => {}, { abort: AbortSignal.abort() })
    expect(signal.receivers).toHaveLength(0)
    connection.disconnect()
  })

  test('leaves no listener at an AbortSignal behind', async () => {
    const { signal: abort } = new AbortController()
    const add = vi.spyOn(abort, 'addEventListener')
    const remove = vi.spyOn(abort, 'removeEventListener')
    signal.connect(() => {}, { abort }).disconnect()
    const other = () => {}
    signal.connect(other, { abort })
    signal.disconnect(other)
    signal.connect(() => {}, { abort, once: true })
    await signal.send(paid)
    expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([3, 3])
  })

  test('warns once when there are more than a hundred', () => {
    for (let at = 0; at < 100; at++) signal.connect(() => {})
    expect(logged).toEqual([])
    for (let at = 0; at < 5; at++) signal.connect(() => {})
    expect(logged.map(({ fields }) => fields)).toEqual([{ signal: 'invoice.paid', receivers: 101 }])
  })

  test('begins although the logger of that warning fails', () => {
    const broken = make({ logger: { ...loggerOf(), warn: thrower('logger') } })
    for (let at = 0; at < 105; at++) broken.connect(() => {})
    expect(broken.receivers).toHaveLength(105)
  })

  test('of thousands ends, and leaves the others', async () => {
    const calls = vi.fn()
    const connections = Array.from({ length: 3000 }, () => signal.connect(() => calls()))
    for (const connection of connections.slice(1)) connection.disconnect()
    await signal.send(paid)
    expect(calls).toHaveBeenCalledTimes(1)
  })
})

test('two signals of one name have nothing in common', async () => {
  const receiver = vi.fn()
  signal.connect(receiver)
  await make().send(paid)
  expect(receiver).not.toHaveBeenCalled()
})

describe('drain', () => {
  test('waits for sends, for sendSyncs, and for what begins meanwhile', async () => {
    const done: number[] = []
    signal.connect(async ({ invoiceId }) => {
      await new Promise((resolve) => setImmediate(resolve))
      if (invoiceId < 3) void signal.send({ invoiceId: invoiceId + 1 })
      done.push(invoiceId)
    })
    signal.sendSync({ invoiceId: 0 })
    void signal.send({ invoiceId: 3 })
    expect(await signal.drain()).toEqual([])
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 3])
  })

  test.each([true, false])(
    'that a receiver begins waits for those who were called before it; sequential: %s',
    async (sequential) => {
      const each = make({ sequential })
      const done: string[] = []
      let drained: Promise<unknown> | undefined
      each.connect(async () => {
        await new Promise((resolve) => setImmediate(resolve))
        done.push('slow')
      })
      each.connect(function shutDown() {
        drained = each.drain().then(() => done.push('drained'))
      })
      each.sendSync(paid)
      await drained
      expect(done).toEqual(['slow', 'drained'])
    },
  )

  test('waits for the second of two sends of one caller', async () => {
    const done: number[] = []
    signal.connect(async ({ invoiceId }) => {
      await Promise.resolve()
      done.push(invoiceId)
    })
    const caller = async () => {
      await signal.send({ invoiceId: 1 })
      await signal.send({ invoiceId: 2 })
    }
    void caller()
    await signal.drain()
    expect(done).toEqual([1, 2])
  })

  test('loses nothing of a thousand at work, for several who wait', async () => {
    let done = 0
    const gates = Array.from({ length: 1000 }, () => deferred())
    signal.connect(async ({ invoiceId }) => {
      await gates[invoiceId]?.promise
      done++
    })
    for (const [invoiceId] of gates.entries()) void signal.send({ invoiceId })
    const drained = Promise.all([signal.drain(), signal.drain(10_000)])
    for (const gate of gates.toReversed()) gate.resolve()
    expect(await drained).toEqual([[], []])
    expect(done).toBe(1000)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5' as never])(
    'refuses %s ms',
    async (ms) => {
      await expect(signal.drain(ms)).rejects.toMatchObject({ code: 'SIGNAL_CONFIG' })
    },
  )
})

describe('a payload', () => {
  test('is the one object that was sent, which receivers must not change', async () => {
    const seen: unknown[] = []
    signal.connect((payload) => void seen.push(payload))
    await signal.send(paid)
    expect(seen[0]).toBe(paid)
  })

  test('is frozen, deeply, where the signal freezes; who changes it fails alone', async () => {
    const frozen = createSignal<{ list: { at: Date }[]; self?: unknown }>('x', { freeze: true })
    const after = vi.fn()
    frozen.connect((payload) => void payload.list.push({ at: new Date() }), { name: 'push' })
    frozen.connect((payload) => {
      Object.assign(payload.list[0] as object, { at: null })
    })
    frozen.connect(after)
    const payload: { list: { at: Date }[]; self?: unknown } = { list: [{ at: new Date(0) }] }
    payload.self = payload
    const { delivered, errors } = await frozen.send(payload)
    expect([delivered, errors.length]).toEqual([1, 2])
    expect(errors[0]?.error).toBeInstanceOf(TypeError)
    expect(after).toHaveBeenCalledWith(payload)
  })

  test('of which the outside is frozen already is frozen within', async () => {
    const frozen = createSignal<{ readonly list: number[] }>('x', { freeze: true })
    frozen.connect(({ list }) => void list.push(2))
    const payload = Object.freeze({ list: [1] })
    expect((await frozen.send(payload)).errors[0]?.error).toBeInstanceOf(TypeError)
    expect(payload.list).toEqual([1])
  })

  test.each([true, false])(
    'that cannot be frozen is sent as it is, and its getters are not called; sequential: %s',
    async (sequential) => {
      const frozen = createSignal<object>('x', { freeze: true, sequential })
      const receiver = vi.fn()
      frozen.connect(receiver)
      const getter = Object.defineProperty({}, 'at', { get: thrower('getter'), enumerable: true })
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      const many = Array.from({ length: 200_000 }, (_, at) => at)
      for (const payload of [getter, proxy, many]) {
        expect(await frozen.send(payload)).toMatchObject({ delivered: 1, errors: [] })
        expect(frozen.sendSync(payload).delivered).toBe(1)
      }
      expect(receiver).toHaveBeenCalledTimes(6)
    },
  )
})

describe('maxInFlight', () => {
  test('counts a call from its beginning: one that sends again before it waits is busy', async () => {
    let calls = 0
    signal.connect(
      async () => {
        calls++
        if (calls < 5) void signal.send(paid)
        await Promise.resolve()
      },
      { name: 'again', maxInFlight: 1 },
    )
    await signal.send(paid)
    expect(calls).toBe(1)
    expect(logged.map(({ fields }) => (fields['err'] as { code?: unknown }).code)).toEqual(['RECEIVER_BUSY'])
    expect(await signal.send(paid)).toMatchObject({ delivered: 1 })
  })

  test('is freed by what throws at once, and by what cannot be awaited', async () => {
    signal.connect(thrower('no'), { maxInFlight: 1 })
    signal.connect(() => Object.defineProperty({}, 'then', { get: thrower('getter') }), { maxInFlight: 1 })
    signal.connect(() => 5, { maxInFlight: 1 })
    for (let at = 0; at < 3; at++) {
      const { delivered, errors } = await signal.send(paid)
      expect([delivered, errors.map(({ error }) => error)]).toEqual([1, ['no', 'getter']])
    }
  })

  test('fails the calls of one receiver beyond it at once, and none of the others', async () => {
    const gate = deferred()
    const other = vi.fn()
    signal.connect(() => gate.promise, { name: 'slow', maxInFlight: 2 })
    signal.connect(other)
    const sent = Array.from({ length: 5 }, () => signal.send(paid))
    const refused = await Promise.all(sent.slice(2))
    for (const { delivered, errors } of refused) {
      expect([delivered, errors]).toMatchObject([
        1,
        [{ receiver: 'slow', error: { code: 'RECEIVER_BUSY', kind: 'internal' } }],
      ])
    }
    gate.resolve()
    expect((await Promise.all(sent)).flatMap(({ errors }) => errors)).toHaveLength(3)
    expect(await signal.send(paid)).toMatchObject({ delivered: 2 })
    expect(other).toHaveBeenCalledTimes(6)
  })

  test('is freed by failures, and by a timeout', async () => {
    signal.connect(() => Promise.reject('no'), { maxInFlight: 1 })
    for (let at = 0; at < 3; at++) expect((await signal.send(paid)).errors[0]?.error).toBe('no')
  })

  test('without it there is no limit', async () => {
    const gate = deferred()
    signal.connect(() => gate.promise)
    const sent = Array.from({ length: 2000 }, () => signal.send(paid))
    gate.resolve()
    expect((await Promise.all(sent)).every(({ delivered }) => delivered === 1)).toBe(true)
  })
})

describe('a receiver', () => {
  test('that is connected twice is called once, and stays until both connections have ended', async () => {
    const receiver = vi.fn()
    const [first, second] = [signal.connect(receiver), signal.connect(receiver)]
    await signal.send(paid)
    expect(receiver).toHaveBeenCalledTimes(1)
    first.disconnect()
    first.disconnect()
    await signal.send(paid)
    expect(receiver).toHaveBeenCalledTimes(2)
    second.disconnect()
    await signal.send(paid)
    expect(receiver).toHaveBeenCalledTimes(2)
  })

  test('of once is called once by many sends at once, and by a send within its own', async () => {
    const once = vi.fn(async () => {})
    signal.connect(() => void signal.sendSync(paid))
    signal.connect(once, { once: true })
    const results = await Promise.all(Array.from({ length: 10 }, () => signal.send(paid)))
    expect(once).toHaveBeenCalledTimes(1)
    expect(results.every(({ delivered }) => delivered === 1)).toBe(true)
  })

  test('of once that came back to stay during a send is not ended by its old connection', async () => {
    const receiver = vi.fn()
    const first = signal.connect(() => {
      first.disconnect()
      once.disconnect()
      signal.connect(receiver)
    })
    const once = signal.connect(receiver, { once: true })
    await signal.send(paid)
    expect(signal.receivers).toEqual([receiver])
  })

  test('of once is gone when it fails', async () => {
    signal.connect(thrower('no'), { once: true })
    expect((await signal.send(paid)).errors).toHaveLength(1)
    expect(await signal.send(paid)).toMatchObject({ delivered: 0, errors: [] })
  })

  test('that was disconnected can come back, and old connections have no hold on it', async () => {
    const receiver = vi.fn()
    const old = signal.connect(receiver)
    expect(signal.disconnect(receiver)).toBe(true)
    expect(signal.disconnect(receiver)).toBe(false)
    signal.connect(receiver)
    old.disconnect()
    await signal.send(paid)
    expect(receiver).toHaveBeenCalledTimes(1)
  })
})

describe('connectedTo', () => {
  test('connects while the work runs, also when it throws, and passes on what it returns', async () => {
    const spy = vi.fn()
    const other = vi.fn()
    signal.connect(other)
    expect(await signal.connectedTo(spy, async () => (await signal.send(paid)).delivered)).toBe(2)
    expect(await signal.connectedTo(spy, () => 5)).toBe(5)
    await expect(signal.connectedTo(spy, thrower('no'))).rejects.toBe('no')
    await signal.send(paid)
    expect([spy.mock.calls.length, other.mock.calls.length]).toEqual([1, 2])
  })

  test('leaves a receiver connected that was so before', async () => {
    const spy = vi.fn()
    signal.connect(spy)
    await signal.connectedTo(spy, () => signal.send(paid))
    await signal.send(paid)
    expect(spy).toHaveBeenCalledTimes(2)
  })
})

describe('a schema', () => {
  const Schema = v.object({ invoiceId: v.number(), note: v.optional(v.string(), 'none') })
  const asyncSchema = v.objectAsync({
    invoiceId: v.pipeAsync(
      v.number(),
      v.checkAsync(async (id) => id > 0),
    ),
  })

  test('gives receivers what it makes of the payload', async () => {
    const receiver = vi.fn()
    const checked = createSignal('invoice.paid', { schema: Schema })
    checked.connect(receiver)
    await checked.send({ invoiceId: 1 })
    checked.sendSync({ invoiceId: 2, note: 'x' })
    expect(receiver.mock.calls).toEqual([[{ invoiceId: 1, note: 'none' }], [{ invoiceId: 2, note: 'x' }]])
  })

  test('keeps a payload that does not fit from everybody, and names the field and no value', async () => {
    const receiver = vi.fn()
    const checked = createSignal('invoice.paid', { schema: Schema, logger: loggerOf() })
    checked.connect(receiver)
    const expected = {
      delivered: 0,
      errors: [
        {
          receiver: null,
          error: {
            code: 'SIGNAL_PAYLOAD',
            message: 'A payload of invoice.paid does not fit its schema: invoiceId',
          },
        },
      ],
    }
    expect(await checked.send({ invoiceId: 'secret' as never })).toMatchObject(expected)
    expect(checked.sendSync({ invoiceId: 'secret' as never })).toMatchObject(expected)
    expect(receiver).not.toHaveBeenCalled()
    expect(logged).toHaveLength(2)
  })

  test('that is async sends to those who were connected when it was asked', async () => {
    const checked = createSignal('invoice.paid', { schema: asyncSchema })
    const called: string[] = []
    checked.connect(() => void called.push('before'))
    const sent = checked.send({ invoiceId: 1 })
    checked.connect(() => void called.push('after'))
    await sent
    expect(called).toEqual(['before'])
  })

  test('that is async works with send, and is waited for by drain; sendSync says so', async () => {
    const receiver = vi.fn()
    const checked = createSignal('invoice.paid', { schema: asyncSchema })
    checked.connect(receiver)
    void checked.send({ invoiceId: 1 })
    expect(await checked.drain(0)).toEqual(['the schema of invoice.paid'])
    expect(await checked.drain()).toEqual([])
    expect(receiver).toHaveBeenCalledTimes(1)
    expect(await checked.send({ invoiceId: -1 })).toMatchObject({
      errors: [{ error: { code: 'SIGNAL_PAYLOAD' } }],
    })
    expect(checked.sendSync({ invoiceId: 1 })).toMatchObject({
      errors: [{ error: { message: 'The schema of invoice.paid is async: use send' } }],
    })
  })

  test('that throws refuses the send', async () => {
    const schema = { '~standard': { version: 1, vendor: 'x', validate: thrower('broken') } } as const
    const checked = createSignal('x', { schema: schema as never })
    expect(await checked.send(1 as never)).toMatchObject({ errors: [{ receiver: null, error: 'broken' }] })
  })
})

test('receivers are a copy', () => {
  const receiver = () => {}
  signal.connect(receiver)
  const list = signal.receivers as unknown[]
  list.length = 0
  expect(signal.receivers).toEqual([receiver])
})

test.each([
  ['a name that is none', () => createSignal('')],
  ['a receiver that is none', () => signal.connect({} as never)],
  ['a timeoutMs of 0', () => signal.connect(() => {}, { timeoutMs: 0 })],
  ['a timeoutMs of NaN', () => signal.connect(() => {}, { timeoutMs: Number.NaN })],
  ['a timeoutMs longer than timers', () => signal.connect(() => {}, { timeoutMs: 2 ** 31 })],
  ['a maxInFlight of 0', () => signal.connect(() => {}, { maxInFlight: 0 })],
  ['a maxInFlight of 1.5', () => signal.connect(() => {}, { maxInFlight: 1.5 })],
  ['an AbortController', () => signal.connect(() => {}, { abort: new AbortController() as never })],
])('%s is refused when it is given', (_, give) => {
  expect(give).toThrow(expect.objectContaining({ code: 'SIGNAL_CONFIG', kind: 'internal' }))
})

function thrower(error: unknown): () => never {
  return () => {
    throw error
  }
}
