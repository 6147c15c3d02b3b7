import '@valibot/i18n/it/schema'
import type { Translator } from '@fastkit/contracts'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { safeValidate } from '../validate.ts'
import { withValibotTexts } from './index.ts'

// All of it are a thousand files.
const languages = 'ar de es fr hu it ja kr nb nl pt ro ru sl sv tr uk zh-CN zh-TW'.split(' ')
const rules = ['schema', 'email', 'minLength', 'maxLength', 'check']
for (const language of languages) {
  for (const rule of rules) await import(/* @vite-ignore */ `@valibot/i18n/${language}/${rule}`)
}

const Order = v.strictObject({
  email: v.pipe(v.string(), v.email()),
  word: v.pipe(v.string(), v.minLength(3)),
  list: v.pipe(v.array(v.string()), v.maxLength(1)),
  total: v.number(),
  own: v.pipe(
    v.string(),
    v.check(() => false),
  ),
})
const canary = 'canary-7f3a'
const wrong = {
  email: canary,
  word: 'xy',
  list: [canary, canary],
  total: canary,
  own: canary,
  [canary]: canary,
}
const english = [
  'Must be an e-mail address',
  'Must have at least 3 characters',
  'Must have at most 1 entry',
  'Must be a number',
]

function messagesOf(locale: string, translator?: Translator): (string | undefined)[] {
  const result = safeValidate(Order, wrong, { locale, translator: withValibotTexts(translator) })
  return result.ok ? [] : (result.error.issues ?? []).map(({ message }) => message)
}

test('a language we do not have gets Valibot’s texts, without the value', () => {
  expect(messagesOf('it')).toEqual([
    'Email non valida',
    'Lunghezza non valida: ≥ 3',
    'Lunghezza non valida: ≤ 1',
    'Tipo non valido',
    'Input non valido',
    'Tipo non valido',
  ])
})

test.each(
  'ar hu it ja kr ko nb no nn nl pt pt-BR ro ru sl sv tr uk zh zh-CN zh-Hans zh-TW zh-Hant-HK zh_TW'.split(
    ' ',
  ),
)('every text in %s is neither English nor has the value', (locale) => {
  const messages = messagesOf(locale)
  expect(messages.length).toBe(6)
  for (const message of messages) expect(message).not.toMatch(/canary|^(Must|Is) |undefined|null|[:：]$/)
  expect(messages).not.toEqual(expect.arrayContaining(english))
})

test('Chinese follows its script', () => {
  expect(messagesOf('zh-Hant-HK')).toEqual(messagesOf('zh-TW'))
  expect(messagesOf('zh-SG')).toEqual(messagesOf('zh-CN'))
  expect(messagesOf('zh-TW')).not.toEqual(messagesOf('zh-CN'))
})

test('ours come first in our languages', () => {
  expect(messagesOf('de')[1]).toBe('Muss mindestens 3 Zeichen haben')
  expect(messagesOf('en').slice(0, 4)).toEqual(english)
})

test('the application’s come before both', () => {
  const own: Translator = {
    has: (key, locale) => locale === 'it' && key === 'validation.email',
    t: (key, _, options) =>
      key === 'validation.email' && options?.locale === 'it' ? 'Non è un indirizzo' : key,
  }
  expect(messagesOf('it', own).slice(0, 2)).toEqual(['Non è un indirizzo', 'Lunghezza non valida: ≥ 3'])
  const translator = withValibotTexts(own)
  expect([translator.t('welcome'), translator.has('welcome')]).toEqual(['welcome', false])
  expect([translator.has('validation.email', 'it'), translator.has('validation.min_length', 'hu')]).toEqual([
    true,
    true,
  ])
})

test('a language nobody has is English', () => {
  for (const locale of ['eo', '', '__proto__', 'x'.repeat(10_000)])
    expect(messagesOf(locale).slice(0, 4)).toEqual(english)
})

test('the language of Valibot itself is never set', () => {
  messagesOf('it')
  expect(v.getGlobalConfig().lang).toBeUndefined()
})
