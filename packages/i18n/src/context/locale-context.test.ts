import type { LocaleContext } from '@fastkit/contracts'
import { describe, expect, test } from 'vitest'
import { createTranslator } from '../create-translator.ts'
import { createLocaleContext } from './locale-context.ts'

const build = () => createLocaleContext({ default: 'en', supported: ['en', 'de', 'pt-BR'] })

test('outside of run it is the default, inside the locale, and after it what it was', async () => {
  const context: LocaleContext = build()
  expect(context.current()).toBe('en')
  const inside = await context.run('de', async () => {
    await null
    const nested = context.run('pt-BR', () => context.current())
    return [nested, context.current()]
  })
  expect([inside, context.current()]).toEqual([['pt-BR', 'de'], 'en'])
})

test('run returns what the function returns, and throws what it throws', () => {
  const context = build()
  expect(context.run('de', () => 1)).toBe(1)
  expect(() =>
    context.run('de', () => {
      throw new Error('x')
    }),
  ).toThrow('x')
  expect(context.current()).toBe('en')
})

test.each([
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['pt', 'pt-BR'],
  ['pt_BR', 'pt-BR'],
  ['fr', 'en'],
  ['', 'en'],
  ['../de', 'en'],
  ['__proto__', 'en'],
])('%j runs as %s', (asked, locale) => {
  const context = build()
  expect(context.run(asked, () => context.current())).toBe(locale)
})

test('two contexts do not mix', () => {
  const [one, other] = [build(), build()]
  expect(one.run('de', () => other.current())).toBe('en')
})

describe('set up wrongly', () => {
  test('it says so', () => {
    expect(() => createLocaleContext({ default: 'fr', supported: ['en'] })).toThrow('"fr" is not among en')
    expect(() => createLocaleContext({ default: 'en', supported: ['en', 'no tag'] })).toThrow('"no tag"')
  })
})

test('interleaved work in four languages never mixes them up', async () => {
  const locales = ['en', 'de', 'es', 'sr']
  const context = createLocaleContext({ default: 'en', supported: locales })
  const catalogs = Object.fromEntries(locales.map((locale) => [locale, { hello: `${locale} {n}` }]))
  const { t } = createTranslator({
    catalogs: catalogs as Record<string, Record<string, string>>,
    defaultLocale: 'en',
    locale: context,
  })
  let mixed = 0
  await Promise.all(
    Array.from({ length: 400 }, (_, at) => {
      const locale = locales[at % 4] as string
      return context.run(locale, async () => {
        for (let step = 0; step < 20; step++) {
          if (step % 3 === at % 3) await new Promise(setImmediate)
          else await null
          if (t('hello', { n: step }) !== `${locale} ${step}` || context.current() !== locale) mixed++
        }
      })
    }),
  )
  expect(mixed).toBe(0)
})
