import { randomInt } from 'node:crypto'

/** The seed in `FASTKIT_SEED`, or a fresh one. Fits the 32-bit seeds of fast-check. */
export function readSeed(env: Readonly<Record<string, string | undefined>>): number {
  const given = env['FASTKIT_SEED']
  if (given === undefined || given === '') return randomInt(2 ** 31)
  const seed = Number(given)
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new Error(`FASTKIT_SEED is ${given}, not an integer from 0 to ${2 ** 31 - 1}`)
  }
  return seed
}
