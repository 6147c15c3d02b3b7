import { setImmediate, setTimeout } from 'node:timers/promises'
import { httpStack } from '@fastkit/http/hono'
import { createTranslator } from '@fastkit/i18n'
import { createLocaleContext } from '@fastkit/i18n/context'
import { locale } from '@fastkit/i18n/hono'
import { conflict } from '@fastkit/service'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'

const hello = { en: 'Hello {name}', de: 'Hallo {name}', es: 'Hola {name}', sr: 'Zdravo {name}' } as const
export type Language = keyof typeof hello
export const languages = Object.keys(hello) as readonly Language[]

/** The text of an error is where `conflict('HELLO', …)` finds it. */
const catalogs = {
  en: { errors: { HELLO: hello.en } },
  de: { errors: { HELLO: hello.de } },
  es: { errors: { HELLO: hello.es } },
  sr: { errors: { HELLO: hello.sr } },
}

/** What each handler says, over and over while others have their turn. */
const repeats = 4

export function expectedText(language: Language, id: string): string {
  return `${hello[language].replace('{name}', id)}\n`.repeat(repeats)
}

/** What was said: an error says it once. */
export async function saidBy(response: Response): Promise<string> {
  const text = await response.text()
  return response.ok ? text : `${(JSON.parse(text) as { message: string }).message}\n`.repeat(repeats)
}

/** Says hello in the language of each request: by the locale at hand, and by one that is passed on. */
export function languagesApp(): Pick<Hono, 'fetch'> {
  const context = createLocaleContext({ default: 'en', supported: languages })
  const ambient = createTranslator({ catalogs, defaultLocale: 'en', locale: context })
  const explicit = createTranslator({ catalogs, defaultLocale: 'en' })

  const app = new Hono().use(locale(context, { translator: explicit }))
  const nobody = () => undefined
  const logger = { debug: nobody, info: nobody, warn: nobody, error: nobody }
  httpStack(app, {
    logger,
    translator: ambient,
    locale: (c) => (c.req.path.startsWith('/ambient') ? undefined : c.get('locale')),
  })

  app.get('/ambient/:id', async (c) => {
    const name = c.req.param('id')
    return c.text(await repeat(name, () => ambient.t('errors.HELLO', { name })))
  })
  app.get('/explicit/:id', async (c) => {
    const name = c.req.param('id')
    const options = { locale: c.var.locale }
    return c.text(await repeat(name, () => explicit.t('errors.HELLO', { name }, options)))
  })
  app.get('/handed/:id', async (c) => {
    const name = c.req.param('id')
    return c.text(await repeat(name, () => c.var.t('errors.HELLO', { name })))
  })
  app.get('/stream/:id', (c) => {
    const name = c.req.param('id')
    return stream(c, async (out) => {
      for (let turn = 0; turn < repeats; turn++) {
        await pause(name, turn)
        await out.write(`${ambient.t('errors.HELLO', { name })}\n`)
      }
    })
  })
  for (const path of ['/ambient-error/:id', '/explicit-error/:id'] as const) {
    app.get(path, async (c) => {
      const name = c.req.param('id')
      await pause(name, 0)
      throw conflict('HELLO', 'Nobody has a text for this', { params: { name } })
    })
  }
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
