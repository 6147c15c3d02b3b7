/** What is wrong with one part of an input, before it has words. */
export interface Finding {
  readonly path: readonly (string | number)[]
  /** The code of the issue, in small letters. */
  readonly rule: string
  /** The rule's own numbers and names. Never the value. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
  /** The message as the schema's author wrote it; absent where the library's own is to be replaced. */
  readonly text?: string | undefined
  /** What the library says in English, for where there is no text in the language. */
  readonly english?: string | undefined
  /** Whether the schema's author made up the code, which then is the message where there is no text. */
  readonly hasOwnCode?: boolean | undefined
}

/** Longer paths and names are cut: they come from the client. */
const maxSegments = 100
const maxSegmentLength = 100

/** The path of an issue of any library: keys, or objects that hold one. */
export function pathOf(parts: readonly unknown[] | undefined): (string | number)[] {
  const path: (string | number)[] = []
  const length = parts === undefined ? 0 : Math.min(parts.length, maxSegments)
  for (let at = 0; at < length; at++) path.push(segment(parts?.[at]))
  return path
}

function segment(part: unknown): string | number {
  const key = typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : part
  if (typeof key === 'number') return key
  const name = typeof key === 'string' ? key : nameOf(key)
  return name.length > maxSegmentLength ? `${name.slice(0, maxSegmentLength)}…` : name
}

/** The key of a Map may be anything, itself a part of the input. */
function nameOf(key: unknown): string {
  return typeof key === 'symbol' ? String(key) : typeof key
}

/** A message in capitals is a code: `v.check(isOpen, 'INVOICE_CLOSED')`. */
export function isCode(text: string): boolean {
  return text.length <= 64 && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(text)
}
