import { expect, test, vi } from 'vitest'
import { createTurns } from './turns.ts'

const late = () => new Error('too late')

test('turns are given in the order they were asked for', async () => {
  const turns = createTurns({ waitMs: 1000, late })
  const end = await turns.take()
  const seen: number[] = []
  const others = [1, 2, 3].map(async (number) => {
    const endOther = await turns.take()
    seen.push(number)
    endOther()
  })
  expect(seen).toEqual([])
  end()
  await Promise.all(others)
  expect(seen).toEqual([1, 2, 3])
})

test('who waits too long is sent away, and the turn goes to the next', async () => {
  vi.useFakeTimers()
  const turns = createTurns({ waitMs: 1000, late })
  const end = await turns.take()
  const sentAway = turns.take()
  const refusal = expect(sentAway).rejects.toThrow('too late')
  await vi.advanceTimersByTimeAsync(500)
  const patient = turns.take()
  await vi.advanceTimersByTimeAsync(500)
  vi.useRealTimers()
  await refusal
  end()
  await patient
})

test('a turn that is ended twice admits one', async () => {
  const turns = createTurns({ waitMs: 1000, late })
  const end = await turns.take()
  const second = turns.take()
  let third = false
  const last = turns.take().then(() => {
    third = true
  })
  end()
  end()
  const endSecond = await second
  expect(third).toBe(false)
  endSecond()
  await last
})

test('closing sends everybody away who waits', async () => {
  const turns = createTurns({ waitMs: 60_000, late })
  await turns.take()
  const waiting = [turns.take(), turns.take()]
  turns.close()
  for (const turn of waiting) await expect(turn).rejects.toThrow('too late')
})
