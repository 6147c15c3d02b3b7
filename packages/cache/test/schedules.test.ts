import fc from 'fast-check'
import { inject, test } from 'vitest'
import { schedules, ways } from './schedules.ts'

test.each(ways)(
  'in any order of events nobody reads what was invalidated before he asked: %s',
  async (way) => {
    await fc.assert(schedules(way), { seed: inject('seed'), numRuns: 400 })
  },
)
