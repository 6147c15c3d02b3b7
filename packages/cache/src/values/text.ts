import { Encoded, type Packed } from './pack.ts'

/** Writes a packed value for a store that keeps text. */
export function toText(packed: Packed): string {
  return packed instanceof Encoded ? `d${packed.text}` : `j${JSON.stringify(packed)}`
}

/** Reads what `toText` wrote. Throws a `SyntaxError` for some of what it did not write, and trusts the rest. */
export function fromText(text: string): Packed {
  if (text.startsWith('d')) return new Encoded(text.slice(1))
  if (text.startsWith('j')) return freeze(JSON.parse(text.slice(1)))
  throw new SyntaxError('Not a value of this cache')
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Object.hasOwn(value, '__proto__')) throw new SyntaxError('A key is named __proto__')
  for (const child of Object.values(value)) freeze(child)
  return Object.freeze(value)
}
