import { parsed, type Setting, type SettingOptions } from '../setting.ts'

/** Any text. Blanks around it are dropped. */
export function text(options: SettingOptions<string> = {}): Setting<string> {
  return parsed('text', (value) => value || undefined, options)
}

/** One of the values given. */
export function oneOf<const V extends string>(
  values: readonly V[],
  options: SettingOptions<NoInfer<V>> = {},
): Setting<V> {
  return parsed(`one of ${values.join(', ')}`, (text) => values.find((value) => value === text), options)
}

export interface UrlOptions extends SettingOptions<string> {
  /** The schemes that are accepted, `['postgresql', 'file']`. @default any */
  readonly protocols?: readonly string[]
}

/** A URL with its scheme, `https://example.com`; `localhost:3000` is none. The text comes back as it is. */
export function url({ protocols, ...options }: UrlOptions = {}): Setting<string> {
  const expected = protocols
    ? `a URL that begins with ${protocols.map((name) => `${name}:`).join(' or ')}`
    : 'a URL with its scheme'
  return parsed(expected, parse, options)

  function parse(text: string): string | undefined {
    const scheme = /^([a-z][a-z0-9+.-]*):(\/\/)?./i.exec(text)
    if (!scheme || !URL.canParse(text)) return undefined
    const [, name = '', slashes] = scheme
    if (slashes === undefined && name.toLowerCase() !== 'file') return undefined
    return !protocols || protocols.some((scheme) => scheme.toLowerCase() === name.toLowerCase())
      ? text
      : undefined
  }
}

/** `true`, `1`, `yes`, `on`, or `false`, `0`, `no`, `off`, in any case. */
export function bool(options: SettingOptions<boolean> = {}): Setting<boolean> {
  return parsed('true or false', (text) => words.get(text.toLowerCase()), options)
}

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])
