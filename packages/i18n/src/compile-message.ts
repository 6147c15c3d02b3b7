import { type Choice, choiceOf } from './choice.ts'
import type { Formats, WriteValue } from './formats.ts'
import type { Params } from './params.ts'
import { type Placeholder, parseText } from './placeholder.ts'

/** A message ready to be shown: its text, or what makes the text of parameters and the locale of formats. */
export type Message = string | ((params: Params, locale: string) => string)

export interface CompileOptions {
  /** The language of the text, whose plural rules count. */
  readonly locale: string
  readonly formats: Formats
  /** Passes the text of every parameter through. */
  readonly mark: ((text: string) => string) | undefined
  /** Hears of a parameter that was not given. */
  readonly onMissingParam: (name: string) => void
}

/** Compiles a text or a choice; `undefined` for what is neither. */
export function compileMessage(node: unknown, options: CompileOptions): Message | undefined {
  if (typeof node === 'string') return compileText(node, options)
  const choice = choiceOf(node)
  return choice && compileChoice(choice, options)
}

function compileText(text: string, options: CompileOptions): Message {
  const pieces = parseText(text).map((piece) => (typeof piece === 'string' ? piece : slotOf(piece, options)))
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('')
  const { mark, onMissingParam } = options
  return function write(params, locale) {
    let written = ''
    for (const piece of pieces) written += typeof piece === 'string' ? piece : fill(piece, params, locale)
    return written
  }

  function fill({ name, source, write }: Slot, params: Params, locale: string): string {
    const value = ownValue(params, name)
    const plain = write === undefined && (typeof value === 'string' || typeof value === 'number')
    const written = plain ? `${value}` : textOf(value, write, params, locale)
    if (written === undefined) onMissingParam(name)
    return written === undefined ? source : mark === undefined ? written : mark(written)
  }
}

interface Slot {
  readonly name: string
  readonly source: string
  readonly write: WriteValue | undefined
}

/** A format there is not makes literal text of a placeholder, which is easier to find than a value. */
function slotOf(placeholder: Placeholder, { formats }: CompileOptions): string | Slot {
  const { name, source, format } = placeholder
  const write = format === undefined ? undefined : formats.writerOf(placeholder)
  return format !== undefined && write === undefined ? source : { name, source, write }
}

function compileChoice({ kind, param, branches }: Choice, options: CompileOptions): Message {
  const compiled = new Map(
    Object.entries(branches).map(([key, node]) => [key, compileMessage(node, options) as Message]),
  )
  const other = compiled.get('other') ?? `{${param}}`
  const branchOf = kind === 'select' ? selected : counted(kind === 'plural' ? 'cardinal' : 'ordinal')
  return (params, locale) => {
    const value = ownValue(params, param)
    if (value === undefined || value === null) options.onMissingParam(param)
    const branch = branchOf(value) ?? other
    return typeof branch === 'string' ? branch : branch(params, locale)
  }

  function selected(value: unknown): Message | undefined {
    return typeof value === 'object' ? undefined : compiled.get(String(value))
  }

  function counted(type: Intl.PluralRuleType): (value: unknown) => Message | undefined {
    const rules = options.formats.pluralRules(options.locale, type)
    const exact = [...compiled.keys()].some((key) => key.startsWith('='))
    const usual: (Message | undefined)[] = []
    return (value) => {
      const count = typeof value === 'number' ? value : numberOf(value)
      if (!isUsual(count)) return branchFor(count)
      usual[count] ??= branchFor(count)
      return usual[count]
    }

    function branchFor(count: number): Message | undefined {
      return (exact ? compiled.get(`=${count}`) : undefined) ?? compiled.get(rules.select(count))
    }
  }
}

/** A getter that throws has no value. */
function ownValue(params: Params, name: string): unknown {
  try {
    return Object.hasOwn(params, name) ? params[name] : undefined
  } catch {
    return undefined
  }
}

/** Counts whose branch is remembered: asking `Intl` takes longer than writing the text. */
function isUsual(count: number): boolean {
  return count >= 0 && count <= 200 && Number.isInteger(count)
}

function numberOf(value: unknown): number {
  return typeof value === 'bigint' || typeof value === 'string' ? Number(value) : Number.NaN
}

/** A value the format cannot write is shown plainly; one that has no text of its own counts as missing. */
function textOf(
  value: unknown,
  write: WriteValue | undefined,
  params: Params,
  locale: string,
): string | undefined {
  if (value === undefined || value === null) return undefined
  try {
    return write?.(value, locale, params) ?? plainText(value)
  } catch {
    return undefined
  }
}

function plainText(value: unknown): string | undefined {
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) || value.toString === Object.prototype.toString ? undefined : String(value)
}
