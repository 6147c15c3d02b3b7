import { originsOf } from './origins.ts'
import { Secret } from './secret.ts'

/** What a setting is, and why. */
export interface Explanation {
  /** `DATABASE_URL` */
  readonly variable: string
  /** `database.url` */
  readonly setting: string
  /** `default`, `.env.local`, `environment`, `DATABASE_URL_FILE`, `override` */
  readonly source: string
  /** For people: secrets are `[secret]`, passwords in URLs `***`. */
  readonly value: string
}

/** Lists every setting with its value and where that came from: `console.table(explain(config))`. */
export function explain(config: object): Explanation[] {
  return originsOf(config).map(({ variable: { name, path }, source }) => ({
    variable: name,
    setting: path.join('.'),
    source,
    value: show(path.reduce((place, key) => (place as Record<string, unknown>)[key], config as unknown)),
  }))
}

function show(value: unknown): string {
  if (value === undefined) return '(not set)'
  if (value instanceof Secret) return String(value)
  const text = typeof value === 'object' ? jsonOf(value) : String(value)
  return text.replace(/(:\/\/[^/\s:@]*:)[^/\s?#]*(?=@)/g, '$1***')
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
}
