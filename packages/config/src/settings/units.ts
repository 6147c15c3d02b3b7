import { parsed, type Setting, type SettingOptions } from '../setting.ts'

/** A span of time with its unit, `500ms`, `1.5s`, `10m`, `2h`, `1d`, or `0`. The value is whole milliseconds. */
export function duration(options: SettingOptions<number> = {}): Setting<number> {
  return parsed(
    'a duration with its unit (ms, s, m, h, d)',
    (text) => quantity(text, milliseconds),
    options,
    (ms) => `${ms}ms`,
  )
}

/**
 * An amount of memory with its unit, or `0`. The value is whole bytes: `kB MB GB` count in thousands, `KiB MiB GiB`
 * in 1024s, and the case does not matter.
 */
export function size(options: SettingOptions<number> = {}): Setting<number> {
  return parsed(
    'a size with its unit (B, kB, MB, GB, KiB, MiB, GiB)',
    (text) => quantity(text.toLowerCase(), bytes),
    options,
    (amount) => `${amount}B`,
  )
}

const milliseconds: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

const bytes: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['kb', 1000],
  ['mb', 1000 ** 2],
  ['gb', 1000 ** 3],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
])

function quantity(text: string, units: ReadonlyMap<string, number>): number | undefined {
  if (text === '0') return 0
  const [, amount, name] = /^((?:0|[1-9]\d*)(?:\.\d+)?) ?([a-z]+)$/.exec(text) ?? []
  const unit = units.get(name ?? '')
  if (amount === undefined || unit === undefined) return undefined
  const exact = Number(amount) * unit
  const value = Math.round(exact)
  // Half a byte is none, and 0.4ms would silently mean 0.
  return Number.isSafeInteger(value) && Math.abs(value - exact) < 1e-6 ? value : undefined
}
