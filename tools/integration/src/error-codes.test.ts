import { codes as cache } from '@fastkit/cache'
import * as cacheTexts from '@fastkit/cache/translations'
import { codes as config } from '@fastkit/config'
import type { ErrorCode } from '@fastkit/contracts'
import { codes as db } from '@fastkit/db'
import * as dbTexts from '@fastkit/db/translations'
import { codes as events } from '@fastkit/events'
import { errorResponse, codes as http } from '@fastkit/http'
import * as httpTexts from '@fastkit/http/translations'
import { codes as i18n } from '@fastkit/i18n'
import { codes as service } from '@fastkit/service'
import * as serviceTexts from '@fastkit/service/translations'
import { codes as validation } from '@fastkit/validation'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'

const packages: Readonly<Record<string, Readonly<Record<string, ErrorCode>>>> = {
  cache,
  config,
  db,
  events,
  http,
  i18n,
  service,
  validation,
}

const texts: Readonly<Record<string, string>> = {
  ...httpTexts.en.errors,
  ...dbTexts.en.errors,
  ...serviceTexts.en.errors,
  ...cacheTexts.en.errors,
}

/** `vitest run -u` writes it anew. */
test('docs/errors.md lists the codes of all packages', async () => {
  await expect(document()).toMatchFileSnapshot('../../../docs/errors.md')
})

function document(): string {
  return `# Error codes

Every code that a package throws, from its \`codes\`. Match on the code, never on the message. An app's own codes are beside
these: \`notFound('Invoice')\` is \`INVOICE_NOT_FOUND\`.

## What clients see

The parameters are all that a client sees of an error's \`params\`. The texts are the English ones; with a translator they
are those of its locale, and an app's own catalogue goes first.

| code | status | parameters | text | from |
|---|---|---|---|---|
${clientRows().join('\n')}

## What has only a status

An \`HTTPException\` says its status and nothing else, and so do unknown paths (\`ROUTE_NOT_FOUND\`) and what is no error of
ours (\`INTERNAL\`). Statuses that are not listed are \`HTTP_<status>\`.

${statusLines()}

## What only the log sees

Mistakes in the program, its settings or its surroundings. Clients get 500 \`INTERNAL\`.

| package | codes |
|---|---|
${logRows().join('\n')}
`
}

function clientRows(): string[] {
  const all = Object.entries(packages).flatMap(([name, codes]) =>
    Object.entries(codes).map(([code, entry]) => ({ name, code, ...entry })),
  )
  const shown = all.filter(({ kind }) => kind !== 'internal')
  return [...new Set(shown.map(({ code }) => code))].sort().map((code) => {
    const same = shown.filter((each) => each.code === code)
    const params = new Set(same.flatMap((each) => each.params ?? []))
    const homes = same.map(({ name }) => name)
    const cells = [
      statusOf(code, same),
      quoted([...params]),
      texts[code] ?? '_the words it was thrown with_',
      homes.join(', '),
    ]
    return `| \`${code}\` | ${cells.join(' | ')} |`
  })
}

function statusOf(code: string, entries: readonly ErrorCode[]): string {
  const statuses = entries.map(({ kind }) => {
    const error = Object.assign(new Error(code), { code, kind, [Symbol.for('fastkit.error')]: 1 })
    return errorResponse(error).status
  })
  return [...new Set(statuses)].join(', ')
}

function statusLines(): string {
  const statuses = Array.from({ length: 200 }, (_, at) => 400 + at)
  return statuses
    .map((status) => ({ status, code: errorResponse(new HTTPException(status as 400)).body.code }))
    .filter(({ code }) => !code.startsWith('HTTP_'))
    .map(({ status, code }) => `${status} \`${code}\``)
    .join(' · ')
}

function logRows(): string[] {
  return Object.entries(packages).flatMap(([name, codes]) => {
    const internal = Object.keys(codes).filter((code) => codes[code]?.kind === 'internal')
    return internal.length === 0 ? [] : [`| ${name} | ${quoted(internal.sort())} |`]
  })
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' ')
}
