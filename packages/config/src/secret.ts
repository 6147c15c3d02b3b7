import { frozenCopy } from './frozen-copy.ts'

/** A value that shows itself to nobody but those who ask for it by name. */
export class Secret<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = frozenCopy(value)
    // What Node's `inspect` and `console.log` ask for.
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { value: () => masked })
    Object.freeze(this)
  }

  /** Returns the value. The one way to it. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return masked
  }

  toJSON(): string {
    return masked
  }
}

const masked = '[secret]'
