import { I18nError } from './errors.ts'
import type { Params } from './params.ts'
import type { Placeholder } from './placeholder.ts'

/** Writes a value in a locale; `undefined` when the value is not of its kind. */
export type WriteValue = (value: unknown, locale: string, params: Params) => string | undefined

export interface Formats {
  /** Returns how a placeholder's format is written; `undefined` for a format there is not. */
  writerOf(placeholder: Pick<Placeholder, 'format' | 'style'>): WriteValue | undefined
  pluralRules(locale: string, type: Intl.PluralRuleType): Intl.PluralRules
}

/** Formatters cost some ten microseconds to make and some kilobytes to keep. */
const maxFormatters = 500

const numberStyles: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  '': {},
  integer: { maximumFractionDigits: 0 },
  percent: { style: 'percent', maximumFractionDigits: 2 },
  compact: { notation: 'compact' },
}
const dateStyles = ['short', 'medium', 'long', 'full'] as const
type DateStyle = (typeof dateStyles)[number]
const dateFormats: Readonly<Record<string, (style: DateStyle) => Intl.DateTimeFormatOptions>> = {
  date: (style) => ({ dateStyle: style }),
  time: (style) => ({ timeStyle: style }),
  datetime: (style) => ({ dateStyle: style, timeStyle: 'short' }),
}

/** Makes the formats of a translator, which share a bounded store of `Intl` objects. */
export function createFormats({ timeZone }: { readonly timeZone: string }): Formats {
  const made = new Map<string, unknown>()
  return { writerOf, pluralRules }

  function writerOf({
    format = '',
    style = '',
  }: Pick<Placeholder, 'format' | 'style'>): WriteValue | undefined {
    if (format === 'number') return numberWriter(style)
    if (format === 'currency') return currencyWriter(style)
    if (format === 'list') return listWriter(style)
    return Object.hasOwn(dateFormats, format) ? dateWriter(format, style) : undefined
  }

  function numberWriter(style: string): WriteValue | undefined {
    const options = Object.hasOwn(numberStyles, style) ? numberStyles[style] : undefined
    return options && ((value, locale) => writeNumber(value, locale, `number ${style}`, options))
  }

  /** A style is the code itself, `EUR`, or the name of the parameter that holds it. */
  function currencyWriter(style: string): WriteValue | undefined {
    const fixed = /^[A-Z]{3}$/.test(style)
    if (!fixed && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(style)) return undefined
    return (value, locale, params) => {
      const currency = fixed ? style : Object.hasOwn(params, style) ? params[style] : undefined
      if (typeof currency !== 'string' || !/^[A-Z]{3}$/i.test(currency)) return undefined
      return writeNumber(value, locale, `currency ${currency}`, { style: 'currency', currency })
    }
  }

  function writeNumber(value: unknown, locale: string, id: string, options: Intl.NumberFormatOptions) {
    const number = numberIn(value)
    if (number === undefined) return undefined
    return kept(`${id} ${locale}`, () => new Intl.NumberFormat([locale, 'en'], options)).format(number)
  }

  function dateWriter(format: string, style: string): WriteValue | undefined {
    const known = style === '' ? 'medium' : dateStyles.find((each) => each === style)
    if (known === undefined) return undefined
    const options = { ...dateFormats[format]?.(known), timeZone }
    return (value, locale) => {
      const date = dateIn(value)
      const formatter = () => new Intl.DateTimeFormat([locale, 'en'], options)
      return date && kept(`${format} ${known} ${locale}`, formatter).format(date)
    }
  }

  function listWriter(style: string): WriteValue | undefined {
    if (style !== '' && style !== 'or') return undefined
    const type = style === 'or' ? 'disjunction' : 'conjunction'
    return (value, locale) =>
      Array.isArray(value)
        ? kept(`list ${type} ${locale}`, () => new Intl.ListFormat([locale, 'en'], { type })).format(
            value.map(String),
          )
        : undefined
  }

  function pluralRules(locale: string, type: Intl.PluralRuleType): Intl.PluralRules {
    return kept(`plural ${type} ${locale}`, () => new Intl.PluralRules([locale, 'en'], { type }))
  }

  function kept<Formatter>(id: string, make: () => Formatter): Formatter {
    const found = made.get(id) as Formatter | undefined
    if (found !== undefined) return found
    if (made.size >= maxFormatters) made.clear()
    const formatter = make()
    made.set(id, formatter)
    return formatter
  }
}

/** @throws I18nError `TIME_ZONE_UNKNOWN` */
export function requireTimeZone(timeZone: string): void {
  if (timeZone === 'UTC') return // known everywhere, and asking takes a tenth of a millisecond
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch (cause) {
    throw new I18nError('TIME_ZONE_UNKNOWN', `There is no time zone "${timeZone}"`, { cause })
  }
}

/**
 * Text is kept as text: `Intl` formats its digits exactly, so decimals do not pass through floating point. It also writes
 * all zeros of an exponent, a gigabyte for `1e-999999999`: beyond three digits, text is no number.
 */
function numberIn(value: unknown): number | bigint | Intl.StringNumericLiteral | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  const text = typeof value === 'object' && value !== null ? String(value) : value
  return typeof text === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)
    ? (text as Intl.StringNumericLiteral)
    : undefined
}

/** Takes dates, milliseconds since the epoch, and dates as JSON writes them. */
function dateIn(value: unknown): Date | undefined {
  const date = value instanceof Date ? value : new Date(typeof value === 'number' ? value : isoText(value))
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** Of other texts engines make dates as well, `Room 5` is one in May 2001; they are dates of nobody. */
function isoText(value: unknown): string {
  const text = `${value}`
  return /^(\d{4}|[+-]\d{6})-\d\d(-\d\d(T|$)|$)/.test(text) ? text : ''
}
