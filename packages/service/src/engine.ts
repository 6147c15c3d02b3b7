import type { RunOptions } from '@fastkit/contracts'
import { Call, type CallFacts } from './call.ts'
import { type Chain, compileChain } from './chain.ts'
import { requireData, requireInput, requireList } from './check-data.ts'
import { createDepth } from './context/depth.ts'
import { copyInput } from './copy-input.ts'
import { invalid, ServiceError } from './errors.ts'
import { isTaken } from './is-taken.ts'
import type { BatchOperation, Operation } from './operation.ts'
import type { EngineSettings } from './options.ts'
import type { Drive, Steps } from './steps.ts'
import type { Transactions } from './transactions.ts'

/** Both faces of a service, without their types. What its verbs return is a promise, or not, as `drive` has it. */
export interface Engine {
  /** Writes one row. */
  write(facts: RowFacts): unknown
  /** Writes many, and returns how many. */
  writeMany(facts: BatchFacts): unknown
  createOnce(input: object, options: OnceFacts): unknown
}

export interface EngineOptions extends EngineSettings {
  readonly repository: object
  readonly hooks: object
  /** The same hooks, doing nothing. */
  readonly noHooks: object
  readonly drive: Drive
  readonly transactions: Transactions
  readonly runOptions?: RunOptions | undefined
}

export interface RowFacts extends CallFacts {
  readonly operation: Operation
  readonly version?: number | undefined
}

export interface BatchFacts extends CallFacts {
  readonly operation: BatchOperation
  readonly all?: true | undefined
}

export interface OnceFacts {
  readonly by: string
  readonly same: ((row: never, input: never) => boolean) | undefined
  readonly signal: AbortSignal | undefined
}

/** A row on its way, and the context of its hooks. */
interface Item {
  readonly call: Call
  data: unknown
}

type Verbs = Readonly<Record<string, (...args: unknown[]) => unknown>>

// The generator functions within are made once for a service: V8 is slow at those that are made for each call.
export function createEngine({
  drive,
  transactions,
  runOptions,
  maxBatch,
  noHooks,
  ...options
}: EngineOptions): Engine {
  const repository = options.repository as Verbs
  const hooks = options.hooks as Verbs
  const depth = createDepth()
  const chains = new Map<Operation, Chain>()

  return { write, writeMany, createOnce: (input, once) => drive(createOnce(input, once)) }

  function write(facts: RowFacts): unknown {
    const chain = chainOf(facts.operation)
    if ('input' in facts) requireInput(facts.input)
    facts.signal?.throwIfAborted()
    if (chain.bare) return facts.signal ? drive(writeBare(facts)) : writeRow(facts, facts.input)
    const call = new Call(facts, options)
    return around(chain, call, () => one(chain, call, facts))
  }

  function* writeBare(facts: RowFacts): Steps<unknown> {
    const row: unknown = yield writeRow(facts, facts.input)
    undoIfAborted(facts.signal)
    return row
  }

  function* one(chain: Chain, call: Call, { input, version }: RowFacts): Steps<unknown> {
    if (chain.previous) call.setPrevious(yield repository['getOrFail']?.(call.id))
    const items = [{ call, data: copyInput(input) }]
    const rows = yield* phases(chain, items, writeEach(items, version))
    return rows[0]
  }

  /** The one order of everything, for one row and for many. */
  function* phases(chain: Chain, items: readonly Item[], writing: Steps<unknown[]>): Steps<unknown[]> {
    const { validate, before, after, committed } = chain
    const operation = items[0]?.call.operation
    const hasData = operation === 'create' || operation === 'update'
    if (validate !== undefined) for (const item of items) yield callBefore(validate, item, hasData)
    if (before !== undefined) {
      for (const item of items) {
        const data: unknown = yield callBefore(before, item, hasData)
        if (hasData) item.data = requireData(data, before)
      }
    }
    const rows = yield* writing
    if (after !== undefined)
      for (const [at, row] of rows.entries()) yield hooks[after]?.(row, items[at]?.call)
    undoIfAborted(items[0]?.call.signal)
    if (committed !== undefined) {
      for (const [at, row] of rows.entries()) {
        yield transactions.afterCommit(() => drive(tell(committed, row, items[at]?.call)))
      }
    }
    return rows
  }

  function* writeEach(items: readonly Item[], version?: number): Steps<unknown[]> {
    const rows: unknown[] = []
    for (const { call, data } of items) {
      call.signal?.throwIfAborted()
      rows.push(yield writeRow({ operation: call.operation as Operation, id: call.id, version }, data))
    }
    return rows
  }

  /** What is committed already stays, and is told as what it is. */
  function undoIfAborted(signal: AbortSignal | undefined): void {
    if (signal?.aborted && transactions.active()) signal.throwIfAborted()
  }

  /** One statement, which returns no rows. */
  function* insertAll(items: readonly Item[]): Steps<unknown[]> {
    items[0]?.call.signal?.throwIfAborted()
    yield repository['createMany']?.(items.map(({ data }) => data))
    return []
  }

  /** Calls a committed hook, as a step, so that a promise is awaited, or refused. */
  function* tell(committed: string, row: unknown, call: Call | undefined): Steps<void> {
    yield hooks[committed]?.(row, call)
  }

  /** Calls a hook that runs before the write. */
  function callBefore(hook: string, { call, data }: Item, hasData: boolean): unknown {
    return hasData ? hooks[hook]?.(data, call) : hooks[hook]?.(call)
  }

  function writeRow({ operation, id, version }: RowFacts, data: unknown): unknown {
    const versioned = version === undefined ? [] : [{ version }]
    switch (operation) {
      case 'create':
        return repository['create']?.(data)
      case 'update':
        return repository['update']?.(id, data, ...versioned)
      case 'delete':
        return repository['delete']?.(id, ...versioned)
      case 'restore':
        return repository['restore']?.(id)
    }
  }

  function writeMany(facts: BatchFacts): unknown {
    const operation = facts.operation.replace('Many', '') as Operation
    const chain = chainOf(operation)
    facts.signal?.throwIfAborted()
    const call = new Call(facts, options)
    if (operation === 'create') {
      const list = requireList(facts.input)
      if (list.length === 0) return 0
      const byRow = chain.rows || !repository['createMany']
      if (byRow || chain.validate || chain.before) requireBatch(list.length)
      const whole = byRow ? { ...chain, transaction: true } : chain
      return around(whole, call, () => createMany(chain, call, list, byRow))
    }
    if (operation === 'update') requireInput(facts.input)
    const bulk = repository[facts.operation]
    const needsRows = !bulk || chain.validate || chain.before || chain.rows || chain.previous
    if (needsRows)
      return around({ ...chain, transaction: true }, call, () => changeMany(operation, chain, call, facts))
    const { filter, input, all } = facts
    const given = [filter, ...(operation === 'update' ? [input] : []), ...(all ? [{ all }] : [])]
    return around(chain, call, () => bulkWrite(facts, given))
  }

  function* bulkWrite({ operation, signal }: BatchFacts, given: readonly unknown[]): Steps<unknown> {
    signal?.throwIfAborted()
    const rows: unknown = yield repository[operation]?.(...given)
    undoIfAborted(signal)
    return rows
  }

  function* createMany(chain: Chain, batch: Call, list: readonly object[], byRow: boolean): Steps<number> {
    const items = list.map((input) => ({
      call: new Call({ operation: 'create', input }, options, batch),
      data: chain.bare ? input : copyInput(input),
    }))
    yield* phases(chain, items, byRow ? writeEach(items) : insertAll(items))
    return items.length
  }

  /** Hooks are about rows, so those that match are loaded, and changed one by one. */
  function* changeMany(
    operation: Operation,
    chain: Chain,
    batch: Call,
    { filter, input, all }: BatchFacts,
  ): Steps<number> {
    if (Object.keys(filter as object).length === 0 && all !== true) {
      throw new ServiceError('FILTER_REQUIRED', 'An empty filter means every row: say { all: true }')
    }
    const found: object[] = yield repository['filter']?.(filter, { limit: maxBatch + 1 })
    requireBatch(found.length)
    const items = found.map((row) => {
      const id = options.keyOf(row as never)
      const call = new Call({ operation, id, ...(operation === 'update' && { input }) }, options, batch)
      call.setPrevious(row)
      return { call, data: copyInput(input) }
    })
    yield* phases(chain, items, writeEach(items))
    return items.length
  }

  function requireBatch(rows: number): void {
    if (rows <= maxBatch) return
    throw new ServiceError('BATCH_TOO_LARGE', `More than ${maxBatch} rows would be handled one by one`, {
      params: { max: maxBatch },
    })
  }

  /** Goes through `around` and the transaction, where they are, and runs the steps within. */
  function around(chain: Chain, call: Call, steps: () => Steps<unknown>): unknown {
    const isBare = !chain.around && (!chain.transaction || transactions.areNone)
    return depth.deeper((end) => drive(until(isBare ? steps() : outermost(chain, call, steps), end)))
  }

  function* until(steps: Steps<unknown>, end: () => void): Steps<unknown> {
    try {
      return yield* steps
    } finally {
      end()
    }
  }

  function* outermost(chain: Chain, call: Call, steps: () => Steps<unknown>): Steps<unknown> {
    if (!chain.around) return yield inner()
    const result: unknown = yield hooks['around']?.(call, inner)
    if (result === undefined) throw new ServiceError('HOOK_RESULT', 'around must return what next returned')
    return result

    function inner(): unknown {
      const fn = () => drive(steps())
      if (!chain.transaction) return fn()
      return runOptions && !transactions.active() ? transactions.run(fn, runOptions) : transactions.run(fn)
    }
  }

  function* createOnce(
    input: object,
    { by, same, signal }: OnceFacts,
  ): Steps<{ row: unknown; created: boolean }> {
    requireInput(input)
    signal?.throwIfAborted()
    const value = (input as Record<string, unknown>)[by]
    if (value === undefined || value === null || value === '') {
      throw invalid([{ path: [by], code: 'REQUIRED', message: 'Is needed to tell one request from another' }])
    }
    const find = () => repository['first']?.({ [by]: value })
    const found: unknown = yield find()
    if (found !== null) return kept(found)
    try {
      const create = () => write({ operation: 'create', input, signal })
      // What failed must not end the transaction around it.
      const row: unknown = yield transactions.active() ? transactions.savepoint(create) : create()
      return { row, created: true }
    } catch (error) {
      if (!isTaken(error, by)) throw error
      const other: unknown = yield find()
      if (other === null) throw error
      return kept(other)
    }

    function kept(row: unknown) {
      if (!same || same(row as never, input as never)) return { row, created: false }
      throw new ServiceError('IDEMPOTENCY_MISMATCH', `Another request with the same ${by} had other data`)
    }
  }

  function chainOf(operation: Operation): Chain {
    const known = chains.get(operation)
    if (known) return known
    const chain = compileChain(operation, hooks, noHooks, options.needsPrevious.includes(operation))
    chains.set(operation, chain)
    return chain
  }
}
