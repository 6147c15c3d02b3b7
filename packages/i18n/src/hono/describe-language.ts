import type { Context } from 'hono'

/** Completes the headers of an answer, whoever made it: a handler, other middleware, an error. */
export function describeLanguage(c: Context, locale: string, vary: readonly string[]): void {
  const { headers } = c.res
  const language = headers.has('content-language') ? undefined : locale
  const varied = (headers.get('vary') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const unnamed = varied.includes('*') ? [] : vary.filter((name) => !varied.includes(name.toLowerCase()))
  try {
    if (language !== undefined) headers.set('Content-Language', language)
    for (const name of unnamed) headers.append('Vary', name)
  } catch {
    // Headers of a fetched or a cached answer cannot be changed; Hono copies it, which costs more.
    if (language !== undefined) c.header('Content-Language', language)
    for (const name of unnamed) c.header('Vary', name, { append: true })
  }
}
