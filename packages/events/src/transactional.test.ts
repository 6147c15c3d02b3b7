import type { UnitOfWork } from '@fastkit/contracts'
import { expect, test, vi } from 'vitest'
import { createSignal } from './create-signal.ts'
import { transactional } from './transactional.ts'

// What happens over real transactions is told in tools/integration.
function queue() {
  const effects: (() => void | Promise<void>)[] = []
  const unitOfWork: Pick<UnitOfWork, 'afterCommit'> = {
    async afterCommit(effect) {
      effects.push(effect)
    },
  }
  return { effects, unitOfWork }
}

test('both verbs wait for the commit, and pass on the payload', async () => {
  const { effects, unitOfWork } = queue()
  const signal = createSignal<number>('paid')
  const receiver = vi.fn()
  signal.connect(receiver)
  const paid = transactional(signal, unitOfWork)
  expect(paid.name).toBe('paid')
  expect(await paid.send(1)).toBeUndefined()
  expect(paid.sendSync(2)).toBeUndefined()
  expect(receiver).not.toHaveBeenCalled()
  for (const effect of effects) await effect()
  expect(receiver.mock.calls).toEqual([[1], [2]])
})

test('receivers that fail are one failure of the effect, which names them', async () => {
  const { effects, unitOfWork } = queue()
  const signal = createSignal<number>('paid')
  const [one, two] = [new Error('one'), new Error('two')]
  signal.connect(() => Promise.reject(one), { name: 'mail' })
  await transactional(signal, unitOfWork).send(1)
  await expect(effects[0]?.()).rejects.toMatchObject({
    code: 'RECEIVERS_FAILED',
    message: 'Receivers of paid failed: mail',
    cause: one,
  })
  signal.connect(() => Promise.reject(two), { name: 'stock' })
  await expect(effects[0]?.()).rejects.toMatchObject({
    message: 'Receivers of paid failed: mail, stock',
    cause: { errors: [one, two] },
  })
})
