import type { Client, Database } from './databases.ts'
import { effectsOf, type Step } from './effects.ts'
import { type Fault, faultyAdapter } from './faulty-adapter.ts'
import { worldOf } from './worlds.ts'

/** What a program left behind. */
export interface Outcome {
  readonly error: unknown
  readonly rows: readonly string[]
  /** How often each effect fired, by each of the three ways. */
  readonly fired: readonly (readonly [text: string, times: number][])[]
  readonly reported: readonly unknown[]
}

/** Runs a program over an empty database, with a fault. */
export async function outcomeOf(
  { database, direct }: { readonly database: Database; readonly direct: Client },
  fault: Fault,
  { program, collisions = 0 }: { readonly program: readonly Step[]; readonly collisions?: number },
): Promise<Outcome> {
  await direct.note.deleteMany()
  await direct.log.deleteMany()
  const client = database.client((adapter) => faultyAdapter(adapter, fault))
  const { reported, ...world } = worldOf(client)
  const effects = effectsOf({ ...world, reported })
  const error = await effects.run(program, collisions).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  await client.$disconnect()
  const rows = (await direct.note.findMany()).map(({ text }) => text).sort()
  const fired = Object.values(effects.fired).map((of) => [...of].sort())
  return { error, rows, fired, reported }
}

/** Every effect once, by each of the three ways. */
export function once(rows: readonly string[]): Outcome['fired'] {
  return Array(3).fill(rows.map((text) => [text, 1]))
}
