import { createTranslator, negotiate } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { compare } from './compare.ts'

// 5,000 keys in Korean, of which every tenth is in English alone.
const names = Array.from({ length: 5000 }, (_, at) => `s${at % 50}.g${at % 7}.k${at}`)
const english = catalogOf(names, englishAt)
const korean = catalogOf(
  names.filter((_, at) => at % 10 !== 0),
  (at) => `한국어 ${at}`,
)
const plurals = { items: { one: '{count} item', other: '{count} items' } }
const catalogs: Record<string, Record<string, unknown>> = { en: { ...english, ...plurals }, ko: korean }
const context = createLocaleContext({ default: 'en', supported: ['en', 'ko'] })
const i18n = createTranslator({ catalogs, defaultLocale: 'en', locale: context })
const [en, ko] = [i18n.for('en'), i18n.for('ko')]

const flatEnglish = new Map(names.map((name) => [name, en.t(name)]))
const flatKorean = new Map(names.filter((_, at) => at % 10 !== 0).map((name) => [name, ko.t(name)]))
const options = { locale: 'ko' }
const plain = names.filter((_, at) => at % 3 !== 0 && at % 10 !== 0)
const fallback = names.filter((_, at) => at % 30 === 10)
const withParams = names.filter((_, at) => at % 3 === 0)

compare('A text, of 5,000 keys', {
  'Map.get': over(plain, (key) => flatKorean.get(key)),
  'for(locale).t(key)': over(plain, (key) => ko.t(key)),
  't(key, {}, { locale })': over(plain, (key) => i18n.t(key, undefined, options)),
})
context.run('ko', () => {
  compare('A text, in the locale of the request', {
    'Map.get': over(plain, (key) => flatKorean.get(key)),
    'AsyncLocalStorage and Map.get': over(plain, (key) => context.current() && flatKorean.get(key)),
    't(key)': over(plain, (key) => i18n.t(key)),
  })
})
compare('A text that only the fallback has', {
  'two times Map.get': over(fallback, (key) => flatKorean.get(key) ?? flatEnglish.get(key)),
  'for(locale).t(key)': over(fallback, (key) => ko.t(key)),
})
const unknown = names.slice(0, 500).map((name) => `${name}.nope`)
compare('A key that no catalogue has', {
  'two times Map.get': over(unknown, (key) => flatKorean.get(key) ?? flatEnglish.get(key) ?? key),
  'for(locale).t(key)': over(unknown, (key) => ko.t(key)),
})

const params = { name: 'Ann', sum: 12 }
const compiled = new Map(names.map((name, at) => [name, englishAt(at).split(/\{(\w+)\}/)]))
compare('Two parameters', {
  'Map.get and parts that were compiled': over(withParams, (key) =>
    writeParts(compiled.get(key) ?? [], params),
  ),
  'for(locale).t(key, params)': over(withParams, (key) => en.t(key, params)),
  'Map.get and a regular expression': over(withParams, (key) =>
    (flatEnglish.get(key) ?? '').replace(/\{(\w+)\}/g, (_, name: 'name' | 'sum') => String(params[name])),
  ),
})

const counts = Array.from({ length: 300 }, (_, count) => ({ count }))
const rules = new Intl.PluralRules('en')
const forms: Record<string, string> = { one: ' item', other: ' items' }
compare('A plural', {
  'cached PluralRules and a template': over(counts, ({ count }) => `${count}${forms[rules.select(count)]}`),
  "for(locale).t('items', { count })": over(counts, (each) => en.t('items', each)),
})

const text = JSON.stringify(english)
compare(
  'From 5,000 keys of JSON to the first text',
  {
    'JSON.parse': () => JSON.parse(text) as unknown,
    'JSON.parse, createTranslator, t': () => {
      const parsed: Record<string, Record<string, unknown>> = {
        en: JSON.parse(text) as Record<string, unknown>,
      }
      return createTranslator({ catalogs: parsed, defaultLocale: 'en' }).t('s0.g0.k0', params)
    },
  },
  { calls: 20 },
)

const header = 'de-CH,de;q=0.9,en-US;q=0.7,en;q=0.3'
compare('Accept-Language', {
  'negotiate, four ranges, everything made anew': () => negotiate(header, ['en', 'ko']),
})

function englishAt(at: number): string {
  return at % 3 === 0 ? `Hello {name}, you owe {sum} (${at})` : `Text ${at}`
}

/** A nested catalogue of dotted keys. */
function catalogOf(keys: readonly string[], textAt: (at: number) => string): Record<string, unknown> {
  const catalog: Record<string, Record<string, Record<string, string>>> = {}
  for (const key of keys) {
    const [section = '', group = '', name = ''] = key.split('.')
    catalog[section] ??= {}
    const groups = catalog[section]
    groups[group] ??= {}
    groups[group][name] = textAt(Number(name.slice(1)))
  }
  return catalog
}

/** Takes one after the other, as different routes would. */
function over<Item>(items: readonly Item[], run: (item: Item) => unknown): () => unknown {
  let at = 0
  return () => {
    at = at + 1 < items.length ? at + 1 : 0
    return run(items[at] as Item)
  }
}

function writeParts(parts: readonly string[], values: Readonly<Record<string, unknown>>): string {
  let written = ''
  for (let at = 0; at < parts.length; at++) written += at % 2 === 0 ? parts[at] : values[parts[at] as string]
  return written
}
