import type { UnitOfWork } from '@fastkit/contracts'
import type { ContractRepository } from './repository-contract.ts'

/** What the contract needs: a unit of work, and what can be seen of it. */
export interface UnitOfWorkFixture {
  readonly unitOfWork: UnitOfWork
  /** Empty, and bound to the unit of work. */
  readonly rows: ContractRepository
  /** Everything that `onEffectError` was called with. */
  readonly reported: readonly unknown[]
}

/** One promise of a unit of work, and what holds it to it. */
export interface UnitOfWorkCase {
  readonly name: string
  /** @throws AssertionError when the unit of work does not keep the promise */
  run(fixture: UnitOfWorkFixture): Promise<void>
}

/** What cases throw where something is to fail. */
export const no: Error = new Error('no')
/** What a call too late fails with. */
export const ended: { readonly code: string } = { code: 'TRANSACTION_ENDED' }

export function create(rows: ContractRepository, name: string): Promise<unknown> {
  return rows.create({ name, email: name })
}

/** The names of all rows, in the order of text. */
export async function names(rows: ContractRepository): Promise<string[]> {
  return (await rows.filter({})).map(({ name }) => name).sort()
}

/** A point in time that others can wait for. */
export function gate(): { readonly passed: Promise<void>; pass(): void } {
  let pass = () => {}
  const passed = new Promise<void>((resolve) => {
    pass = resolve
  })
  return { passed, pass: () => pass() }
}
