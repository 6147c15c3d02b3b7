import { Hono } from 'hono'
import { expectTypeOf } from 'vitest'
import { createLocaleContext } from '../context/locale-context.ts'
import { createTranslator } from '../create-translator.ts'
import { locale } from './locale.ts'

const context = createLocaleContext({ default: 'en', supported: ['en'] })
const translator = createTranslator({
  catalogs: { en: { hi: 'Hi {name}', bye: 'Bye' } } as const,
  defaultLocale: 'en',
})

new Hono().use(locale(context, { translator })).get('/', (c) => {
  expectTypeOf(c.var.locale).toEqualTypeOf<string>()
  expectTypeOf(c.var.t('hi', { name: 'Ann' })).toEqualTypeOf<string>()
  // @ts-expect-error there is no such key
  c.var.t('hello')
  // @ts-expect-error the parameter is missing
  c.var.t('hi')
  return c.text('')
})

new Hono().use(locale(context)).get('/', (c) => {
  // @ts-expect-error without a translator there is no t
  c.var.t('hi')
  return c.text(c.var.locale)
})
