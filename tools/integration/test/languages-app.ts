import { setImmediate, setTimeout } from 'node:timers/promises'
import { httpStack } from '@fastkit/http/hono'
import { createTranslator } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'

const catalogs = {
  en: { hello: 'Hello {name}' },
  de: { hello: 'Hallo {name}' },
  es: { hello: 'Hola {name}' },
  sr: { hello: 'Здраво {name}' },
} as const
export const languages = Object.keys(catalogs) as readonly Language[]
export type Language = keyof typeof catalogs

/** What each handler says, over and over while others have their turn. */
const repeats = 4

export function expectedText(language: Language, id: string): string {
  return `${catalogs[language].hello.replace('{name}', id)}\n`.repeat(repeats)
}

/** Says hello in the language of each request: by the locale at hand, and by one that is passed on. */
export function languagesApp(): Hono {
  const context = createLocaleContext({ default: 'en', supported: languages })
  const ambient = createTranslator({ catalogs, defaultLocale: 'en', locale: context })
  const explicit = createTranslator({ catalogs, defaultLocale: 'en' })

  const app = new Hono()
  const nobody = () => undefined
  const logger = { debug: nobody, info: nobody, warn: nobody, error: nobody }
  httpStack(app, { logger })
  const routes = app.use(locale(context, { translator: explicit }))

  routes.get('/ambient/:id', async (c) => {
    const name = c.req.param('id')
    return c.text(await repeat(name, () => ambient.t('hello', { name })))
  })
  routes.get('/explicit/:id', async (c) => {
    const name = c.req.param('id')
    const options = { locale: c.var.locale }
    return c.text(await repeat(name, () => explicit.t('hello', { name }, options)))
  })
  routes.get('/handed/:id', async (c) => {
    const name = c.req.param('id')
    return c.text(await repeat(name, () => c.var.t('hello', { name })))
  })
  routes.get('/stream/:id', (c) => {
    const name = c.req.param('id')
    return stream(c, async (out) => {
      for (let turn = 0; turn < repeats; turn++) {
        await pause(name, turn)
        await out.write(`${ambient.t('hello', { name })}\n`)
      }
    })
  })
  routes.get('/error/:id', async (c) => {
    const name = c.req.param('id')
    await pause(name, 0)
    throw new Error(name)
  })
  app.onError(async (error, c) =>
    c.text(await repeat(error.message, () => ambient.t('hello', { name: error.message }))),
  )
  return app
}

async function repeat(id: string, say: () => string): Promise<string> {
  let said = ''
  for (let turn = 0; turn < repeats; turn++) {
    await pause(id, turn)
    said += `${say()}\n`
  }
  return said
}

/** Lets others run, for longer or shorter, so that they go on in another order than they came. */
async function pause(id: string, turn: number): Promise<unknown> {
  const kind = (Number(id) * 7 + turn) % 5
  return kind === 0 ? undefined : kind === 1 ? setImmediate() : setTimeout(kind - 1)
}
