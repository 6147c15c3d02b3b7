import { AsyncLocalStorage } from 'node:async_hooks'
import { type DestinationStream, type LevelWithSilent, type Logger as PinoLogger, pino } from 'pino'
import { hideUrlSecrets, redactor } from './redact.ts'

export interface LoggerOptions {
  /** The least severe level that is written; `silent` writes nothing. @default 'info' */
  readonly level?: LevelWithSilent
  /** On every line as `name`. @default none */
  readonly name?: string
  /** Further keys whose values are hidden, at any depth; of a path only the last name counts. @default none beyond the usual: passwords, tokens, cookies, … */
  readonly redact?: readonly string[]
  /** On every line. @default pid and hostname */
  readonly base?: Readonly<Record<string, unknown>> | null
  /** Where lines go. @default standard output, written at once */
  readonly destination?: DestinationStream | undefined
}

/** Fields of a scope; as a function they are asked for anew on each line. */
export type ScopeFields = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>)

/** A pino logger with scopes; its children have them, too. */
export interface ScopedLogger extends Omit<PinoLogger, 'child'> {
  child(...args: Parameters<PinoLogger['child']>): ScopedLogger
  /**
   * Runs a function; its lines, and those of everything it awaits, carry these fields, from this logger and its
   * children. Scopes nest: the inner one wins, and a line's own fields win over both. Costs next to nothing outside of one.
   */
  scope<T>(fields: ScopeFields, run: () => T): T
}

/**
 * Makes a logger that writes JSON, one line for each call, and hides secrets: the values of sensitive keys at any
 * depth, also in errors and child bindings, and passwords in URLs anywhere.
 */
export function createLogger(options: LoggerOptions = {}): ScopedLogger {
  const { level = 'info', name, redact = [], destination } = options
  // pino leaves out the name as well where there is no base.
  const base = options.base === null && name !== undefined ? {} : options.base
  const scopes = new AsyncLocalStorage<() => Readonly<Record<string, unknown>>>()
  const hide = redactor(redact)

  const logger = pino(
    {
      level,
      ...(name !== undefined && { name }),
      ...(base !== undefined && { base: hide(base) }),
      mixin: fieldsOfScope,
      mixinMergeStrategy: (line, fields) => (fields === noFields ? line : { ...fields, ...line }),
      formatters: { log: hide },
      serializers: { err: (hidden) => hidden }, // errors have been serialised while they were hidden
      hooks: { streamWrite: hideUrlSecrets, logMethod: hideArguments },
    },
    destination as DestinationStream,
  )
  return Object.assign(logger, { scope, ...hidingBindings(logger, hide) }) as never

  /** Values for `%o` and `%j` in a message are not fields, and would pass the formatters by. */
  function hideArguments(this: PinoLogger, args: unknown[], method: (...args: never[]) => void): void {
    const safe = args.length > 1 ? args.map((arg, at) => (at === 0 ? arg : hide(arg))) : args
    method.apply(this, safe as never)
  }

  /** A line must not be lost, and its caller not disturbed, because a field could not be had. */
  function fieldsOfScope(): object {
    try {
      return scopes.getStore()?.() ?? noFields
    } catch (error) {
      return { scopeError: error instanceof Error ? error.message : 'unknown' }
    }
  }

  function scope<T>(fields: ScopeFields, run: () => T): T {
    const outer = scopes.getStore()
    const inner = typeof fields === 'function' ? fields : () => fields
    return scopes.run(outer ? () => ({ ...outer(), ...inner() }) : inner, run)
  }
}

const noFields: object = Object.freeze({})

/** pino writes bindings once, past the formatters. Children inherit these methods, so theirs are covered. */
function hidingBindings(
  logger: PinoLogger,
  hide: <T>(value: T) => T,
): Pick<PinoLogger, 'child' | 'setBindings'> {
  const { child, setBindings } = logger as unknown as Record<
    'child' | 'setBindings',
    (...args: unknown[]) => unknown
  >
  return {
    child(this: PinoLogger, bindings: object, ...rest: unknown[]) {
      return child.call(this, hide(bindings), ...rest)
    },
    setBindings(this: PinoLogger, bindings: object) {
      return setBindings.call(this, hide(bindings))
    },
  } as never
}
