/** A million hostile Accept-Language headers and locales: always a supported locale or none, 99 of 100 headers within 0.1 ms. */
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { createTranslator } from './create-translator.ts'
import { createNegotiator } from './negotiate.ts'

const supported = ['en', 'de', 'es', 'pt-BR', 'sr-Latn', 'zh-CN', 'zh-TW']

const piece = fc.oneof(
  fc.constantFrom(...',;-_*=. \t\0'),
  fc.constantFrom('q=', 'q=0', 'q=1', ';q=0.5', 'x-', 'i-', 'en', 'de-AT', 'zh-Hant', 'SR-latn', 'pt_br'),
  fc.constantFrom('__proto__', 'constructor', '../', '/etc/passwd', 'en.json', '%00'),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc
    .tuple(fc.constantFrom('a-', 'en,', ';', ' ', 'q=0'), fc.nat(3000))
    .map(([text, times]) => text.repeat(times)),
)
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

test('headers', () => {
  const negotiate = createNegotiator(supported)
  const allowed = new Set<string | undefined>([...supported, undefined])
  const times: number[] = []
  prove((header) => {
    const start = performance.now()
    const found = negotiate(header)
    times.push(performance.now() - start)
    return allowed.has(found)
  })
  expect(times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]).toBeLessThan(0.1)
})

test('locales and keys', () => {
  const catalogs: Record<string, Record<string, string>> = Object.fromEntries(
    supported.map((locale) => [locale, { a: locale }]),
  )
  const { t } = createTranslator({ catalogs, defaultLocale: 'en' })
  prove((text) => {
    const key = text === 'a' ? 'b' : text
    return supported.includes(t('a', {}, { locale: text })) && t(key, {}, { locale: text }) === key
  })
})

function prove(isFine: (text: string) => boolean): void {
  fc.assert(fc.property(hostile, isFine), { seed: inject('seed'), numRuns: 1_000_000 })
}
