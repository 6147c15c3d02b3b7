import type { Actor } from '@fastkit/contracts'
import { ServiceError } from './errors.ts'
import type { BatchOperation, CallContext, Operation } from './operation.ts'
import type { EngineSettings } from './options.ts'

/** What a context is made of. */
export interface CallFacts {
  readonly operation: Operation | BatchOperation
  readonly id?: unknown
  readonly input?: unknown
  readonly filter?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The context of one row, or of a batch, as hooks see it. */
export class Call implements CallContext {
  readonly operation: Operation | BatchOperation
  readonly id: unknown
  readonly input: unknown
  readonly filter: unknown
  readonly actor: Actor | undefined
  readonly locale: string | undefined
  readonly signal: AbortSignal | undefined
  #previous: unknown

  constructor(
    facts: CallFacts,
    { actor, locale }: Pick<EngineSettings, 'actor' | 'locale'>,
    batch?: CallContext,
  ) {
    this.operation = facts.operation
    this.id = facts.id
    this.input = facts.input
    this.filter = facts.filter
    this.actor = batch ? batch.actor : actor?.()
    this.locale = batch ? batch.locale : locale?.current()
    this.signal = batch ? batch.signal : facts.signal
  }

  get previous(): unknown {
    if (this.#previous !== undefined) return this.#previous
    throw new ServiceError(
      'PREVIOUS_NOT_LOADED',
      `The previous row of ${this.operation} is not loaded: declare needsPrevious = ['${this.operation}']`,
    )
  }

  setPrevious(previous: unknown): void {
    this.#previous = previous
  }
}
