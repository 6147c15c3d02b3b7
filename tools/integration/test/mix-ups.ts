import { serve } from '@fastkit/http/node'
import { expectedText, languages, languagesApp, saidBy } from './languages-app.ts'

const paths = ['/ambient', '/explicit', '/handed', '/stream', '/ambient-error', '/explicit-error']

/** Where a request says its language: the header, a cookie beside another header, a parameter beside both. */
const wishes: readonly ((language: string) => { query?: string; headers: Record<string, string> })[] = [
  (language) => ({ headers: { 'accept-language': `xx, ${language}-XX;q=0.9, fr;q=0.8` } }),
  (language) => ({ headers: { cookie: `locale=${language}`, 'accept-language': 'en, de, es, sr' } }),
  (language) => ({
    query: `?lang=${language}`,
    headers: { cookie: 'locale=es', 'accept-language': 'de' },
  }),
]

/** Sends requests in four languages over sockets, 64 at a time, and returns those that another language answered. */
export async function findMixUps(requests: number): Promise<string[]> {
  const { url, stop } = await serve(languagesApp(), { port: 0, signals: [] })
  const mixUps: string[] = []
  let sent = 0
  try {
    await Promise.all(Array.from({ length: 64 }, sendInTurn))
  } finally {
    await stop()
  }
  return mixUps

  async function sendInTurn(): Promise<void> {
    while (sent < requests) {
      const id = sent++
      const language = languages[id % languages.length] ?? 'en'
      const { query = '', headers } = (wishes[(id >> 2) % wishes.length] as (typeof wishes)[number])(language)
      const path = `${paths[(id >> 3) % paths.length]}/${id}${query}`
      const response = await fetch(url + path, { headers })
      const text = await saidBy(response)
      const told = response.headers.get('content-language')
      if (text !== expectedText(language, String(id)) || told !== language)
        mixUps.push(`${path} in ${language}: ${told} ${text}`)
    }
  }
}
