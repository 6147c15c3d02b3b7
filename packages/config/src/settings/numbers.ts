import { parsed, type Setting, type SettingOptions } from '../setting.ts'

export interface RangeOptions extends SettingOptions<number> {
  readonly min?: number
  readonly max?: number
}

/** A whole number, `-12`, blanks around it dropped. No exponents, separators or leading zeros. */
export function int({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
  ...options
}: RangeOptions = {}): Setting<number> {
  return parsed(`a whole number${rangeText(min, max)}`, parse, options)

  function parse(text: string): number | undefined {
    return /^(0|-?[1-9]\d*)$/.test(text) ? within(Number(text), min, max) : undefined
  }
}

/** A number, `-1.5`, blanks around it dropped. No exponents or separators; never NaN or Infinity. */
export function number({
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
  ...options
}: RangeOptions = {}): Setting<number> {
  return parsed(`a number${rangeText(min, max)}`, parse, options)

  function parse(text: string): number | undefined {
    return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? within(Number(text), min, max) : undefined
  }
}

/** A TCP port, 0 to 65535; 0 lets the system choose. */
export function port(options: SettingOptions<number> = {}): Setting<number> {
  return parsed('a port from 0 to 65535', parse, options)

  function parse(text: string): number | undefined {
    return /^(0|[1-9]\d{0,4})$/.test(text) ? within(Number(text), 0, 65535) : undefined
  }
}

function within(value: number, min: number, max: number): number | undefined {
  const exact = Number.isSafeInteger(value) || !Number.isInteger(value)
  return Number.isFinite(value) && exact && value >= min && value <= max ? value : undefined
}

function rangeText(min: number, max: number): string {
  const low = min > Number.MIN_SAFE_INTEGER
  const high = max < Number.MAX_SAFE_INTEGER
  if (low && high) return ` from ${min} to ${max}`
  return low ? `, at least ${min}` : high ? `, at most ${max}` : ''
}
