import { Hono } from 'hono'
import { html } from 'hono/html'

export interface DocsOptions {
  /** The address of the document. */
  readonly document: string
  /**
   * Reads a file of `swagger-ui-dist`: `(name) => readFile(new URL(name, folder))`, where the folder is
   * `new URL('.', import.meta.resolve('swagger-ui-dist/package.json'))`. Nothing is loaded from elsewhere.
   */
  readonly asset: (name: string) => Promise<string | Uint8Array<ArrayBuffer>>
  /** @default 'API' */
  readonly title?: string
}

const types = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

/**
 * A page to read an API and to try it, by Swagger UI: `app.route('/docs', docsRoutes({ document: '/openapi.json', asset }))`.
 *
 * It holds no script and no style of its own, so `script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:`
 * lets it work.
 */
export function docsRoutes({ document, asset, title = 'API' }: DocsOptions): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const here = c.req.path.endsWith('/') ? '.' : (c.req.path.split('/').at(-1) as string)
    return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${here}/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="${here}/swagger-ui-bundle.js"></script>
<script src="${here}/start.js"></script>
</body>
</html>
`)
  })
  app.get('/start.js', (c) => {
    const options = JSON.stringify({ url: document, dom_id: '#docs', deepLinking: true, validatorUrl: null })
    return c.body(`SwaggerUIBundle(${options})\n`, 200, { 'content-type': types['swagger-ui-bundle.js'] })
  })
  for (const [name, type] of Object.entries(types)) {
    app.get(`/${name}`, async (c) =>
      c.body(await asset(name), 200, { 'content-type': type, 'cache-control': 'public, max-age=3600' }),
    )
  }
  return app
}
