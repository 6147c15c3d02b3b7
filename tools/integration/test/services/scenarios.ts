import type { Step } from './effects.ts'

export const create = (text: string): Step => ({ create: text })
const together = (
  kind: 'run' | 'savepoint',
  steps: readonly Step[],
  { fails = false, caught = false } = {},
): Step => ({
  together: kind,
  steps,
  fails,
  caught,
})

export interface Scenario {
  readonly name: string
  readonly program: readonly Step[]
  /** The notes that are there afterwards, when no statement fails. */
  readonly kept: readonly string[]
  readonly collisions?: number
}

const undone = { fails: true, caught: true }
export const scenarios: readonly Scenario[] = [
  { name: 'one service call', program: [create('a')], kept: ['a'] },
  { name: 'calls together', program: [create('a'), create('b')], kept: ['a', 'b'] },
  { name: 'a joined run', program: [create('a'), together('run', [create('b')])], kept: ['a', 'b'] },
  {
    name: 'a joined run that failed, which the outer one outlives',
    program: [together('run', [create('a')], undone), create('b')],
    kept: ['a', 'b'],
  },
  { name: 'a savepoint', program: [create('a'), together('savepoint', [create('b')])], kept: ['a', 'b'] },
  {
    name: 'a savepoint that is rolled back',
    program: [create('a'), together('savepoint', [create('b')], undone), create('c')],
    kept: ['a', 'c'],
  },
  {
    name: 'a savepoint in one that is rolled back',
    program: [
      together('savepoint', [create('a'), together('savepoint', [create('b')])], undone),
      create('c'),
    ],
    kept: ['c'],
  },
  {
    name: 'a run that is rolled back',
    program: [
      create('a'),
      together('savepoint', [create('b')]),
      together('run', [create('c')], { fails: true }),
    ],
    kept: [],
  },
  {
    name: 'a run that is run again',
    program: [create('a'), together('savepoint', [create('b')])],
    kept: ['a', 'b'],
    collisions: 2,
  },
]
