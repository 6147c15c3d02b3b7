import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { expect, test } from 'vitest'
import { docsRoutes } from './docs-routes.ts'

const folder = new URL('.', import.meta.resolve('swagger-ui-dist/package.json'))
const asset = (name: string) => readFile(new URL(name, folder))
const app = new Hono()
app.use(secureHeaders({ contentSecurityPolicy: { scriptSrc: ["'self'"] } }))
app.route('/docs', docsRoutes({ document: '/openapi.json', asset, title: 'Invoices & <more>' }))

test.each([
  ['/docs', app],
  ['/', docsRoutes({ document: '/openapi.json', asset, title: 'Invoices & <more>' })],
])('the page at %s and all it loads come from here', async (path, docs) => {
  const page = await docs.request(path)
  const text = await page.text()
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
  expect(text).toContain('<title>Invoices &amp; &lt;more&gt;</title>')
  const links = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link as string)
  expect(links).toHaveLength(4)
  for (const link of links.filter((one) => one !== 'data:,')) {
    const url = new URL(link, `http://localhost${path}`)
    expect(url.host).toBe('localhost')
    const answer = await docs.request(url.pathname)
    expect([answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([200, true])
  }
})

test('no script stands in the page', async () => {
  const text = await (await app.request('/docs')).text()
  expect(text.match(/<script[^>]*>[^<]/)).toBe(null)
  expect(await (await app.request('/docs/start.js')).text()).toContain('"url":"/openapi.json"')
})

test('other files of the package are not served', async () => {
  for (const name of ['package.json', 'swagger-ui-bundle.js.map', '..%2Fpackage.json', 'index.html']) {
    expect((await app.request(`/docs/${name}`)).status).toBe(404)
  }
})
