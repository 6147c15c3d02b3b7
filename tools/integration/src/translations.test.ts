import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codes as cacheCodes } from '@fastkit/cache'
import * as cacheTexts from '@fastkit/cache/translations'
import { codes as configCodes } from '@fastkit/config'
import type { ErrorCode, Issue } from '@fastkit/contracts'
import { codes as dbCodes } from '@fastkit/db'
import * as dbTexts from '@fastkit/db/translations'
import { errorResponse, codes as httpCodes, int, isAppError, listQuery, oneOf } from '@fastkit/http'
import * as httpTexts from '@fastkit/http/translations'
import { createTranslator, codes as i18nCodes, type Missing } from '@fastkit/i18n'
import { codes as serviceCodes } from '@fastkit/service'
import * as serviceTexts from '@fastkit/service/translations'
import { codes as validationCodes } from '@fastkit/validation'
import * as validationTexts from '@fastkit/validation/translations'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, onTestFinished, test } from 'vitest'

type Codes = Readonly<Record<string, ErrorCode>>
type Catalogs = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>

const languages = ['de', 'en', 'es', 'fr', 'sr']
const packages: [name: string, codes: Codes, texts: Catalogs][] = [
  ['http', httpCodes, httpTexts],
  ['db', dbCodes, dbTexts],
  ['service', serviceCodes, serviceTexts],
  ['cache', cacheCodes, cacheTexts],
]

/** Has texts of rules alone: its codes are those of `@fastkit/http`. */
const validationCatalogs: Readonly<Record<string, validationTexts.ValidationTexts>> = validationTexts

/** Of an `internal` one clients only hear that something went wrong; of `FORBIDDEN` what the app says. */
const publicCodes = (codes: Codes) =>
  Object.entries(codes).flatMap(([code, { kind }]) =>
    kind === 'internal' || code === 'FORBIDDEN' ? [] : [code],
  )

describe.each(packages)('%s', (_name, codes, texts) => {
  test('has a text for every code that reaches a client, in every language', () => {
    expect(Object.keys(texts).sort()).toEqual(languages)
    for (const language of languages) {
      expect(Object.keys(texts[language]?.['errors'] ?? {})).toEqual(
        expect.arrayContaining(publicCodes(codes)),
      )
    }
  })

  test('has no text for a code that no client sees', () => {
    const internal = Object.keys(codes).filter((code) => !publicCodes(codes).includes(code))
    expect(Object.keys(texts['en']?.['errors'] ?? {}).filter((code) => internal.includes(code))).toEqual([])
  })

  test('asks only for parameters that the code lets out', () => {
    const missing: Missing[] = []
    const { t } = createTranslator({
      catalogs: texts,
      defaultLocale: 'en',
      onMissing: (each) => missing.push(each),
    })
    for (const locale of languages) for (const code of publicCodes(codes)) t(`errors.${code}`, {}, { locale })
    for (const { key, param } of missing.filter((each) => each.param !== undefined)) {
      const entry = codes[key.replace('errors.', '')]
      expect([key, entry?.params]).toEqual([key, expect.arrayContaining([param])])
    }
  })
})

test('the codes of @fastkit/validation are codes of @fastkit/http, which has their texts', () => {
  expect(Object.keys(httpTexts.en.errors)).toEqual(expect.arrayContaining(publicCodes(validationCodes)))
})

test('the other packages throw nothing that reaches a client', () => {
  expect([publicCodes(configCodes), publicCodes(i18nCodes)]).toEqual([[], []])
})

test('packages that share a key say the same', () => {
  for (const language of languages) {
    for (const section of ['errors', 'validation']) {
      const [all, ...others] = packages.map(([, , texts]) => texts[language]?.[section] ?? {})
      const said = Object.assign({}, all, ...others)
      for (const [, , texts] of packages) expect(said).toMatchObject(texts[language]?.[section] ?? {})
      const rules = Object.entries(validationCatalogs[language]?.[section as 'validation'] ?? {})
      for (const [rule, text] of rules) {
        // What is chosen for a schema may be more precise: then the others say what is right for any.
        const any = typeof text === 'string' ? text : text['other']
        if (rule in said) expect([rule, said[rule as 'type']]).toEqual([rule, any])
      }
    }
  }
})

describe('@fastkit/http', () => {
  const { t, has } = createTranslator({ catalogs: httpTexts, defaultLocale: 'en' })

  test('has a text for every status that has a code', () => {
    const statuses = Array.from({ length: 200 }, (_, at) => 400 + at)
    const codes = statuses.map((status) => errorResponse(new HTTPException(status as 400)).body.code)
    const named = codes.filter((code) => !code.startsWith('HTTP_'))
    expect(named.length).toBeGreaterThan(10)
    for (const code of ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED', 'INTERNAL']) {
      expect([code, has(`errors.${code}`)]).toEqual([code, true])
    }
    for (const [at, code] of codes.entries()) {
      const texts = [`errors.${code}`, `errors.HTTP_${400 + at}`].filter((key) => has(key))
      expect([code, texts.length]).toEqual([code, code.startsWith('HTTP_') ? 0 : 1])
    }
  })

  test('has a text for all that is wrong with the query of a list, with its parameters', () => {
    const query = listQuery({
      filter: { status: oneOf(['draft', 'paid'], ['eq', 'in']), total: int(['gte', 'in']) },
      sort: ['name', 'total'],
      include: ['client'],
      paging: 'both',
    })
    const asked = [
      { page: '0', perPage: '101', sort: 'nope', include: 'nope', nope: '1', 'filter[status]': 'x' },
      { page: '1', cursor: '', sort: 'name,-name', 'filter[total__gte]': ['1', '2'] },
      { 'filter[total__in]': Array(101).fill('1').join() },
      { 'filter[total__in]': '1'.repeat(10_000) },
    ]
    const issues = asked.flatMap((each) => issuesOf(() => query.parse(each)))
    const rules = issues.map(({ code }) => code.toLowerCase())
    const ofHealth = ['down', 'draining']
    expect([...new Set([...rules, ...ofHealth])].sort()).toEqual(Object.keys(httpTexts.en.validation).sort())
    for (const { code, params } of issues) {
      for (const locale of languages) {
        const key = `validation.${code.toLowerCase()}` as 'validation.type'
        expect([code, has(key, locale), t(key, params, { locale })]).toEqual([
          code,
          true,
          expect.not.stringMatching(/[{}]/),
        ])
      }
    }
  })
})

function issuesOf(run: () => unknown): readonly Issue[] {
  try {
    run()
  } catch (error) {
    if (isAppError(error)) return error.issues ?? []
  }
  return []
}

describe('fastkit-i18n check', () => {
  const all = languages.flatMap((language) =>
    packages.map(([name, , texts]) => [language, name, structuredClone(texts[language] ?? {})] as const),
  )
  const rules = languages.map((language) => [language, 'validation', validationCatalogs[language]] as const)

  test('accepts them', async () => {
    expect(await check([...all, ...rules])).toEqual({ exitCode: 0, stdout: 'No findings\n' })
  })

  test('would not, if a parameter were another in one language, or a code were missing', async () => {
    const changed = all.map(([language, name, texts]): (typeof all)[number] => {
      if (language !== 'sr' || name !== 'db') return [language, name, texts]
      const { NOT_FOUND: _, ...errors } = texts['errors'] ?? {}
      return [language, name, { ...texts, errors: { ...errors, PAGE_BOUNDS: '{nme} {min} {max}' } }]
    })
    expect(await check(changed)).toEqual({
      exitCode: 1,
      stdout: `sr/db.json: db.errors.NOT_FOUND: is missing (missing-key)
sr/db.json: db.errors.PAGE_BOUNDS: lacks {name} (params-differ)
sr/db.json: db.errors.PAGE_BOUNDS: has {nme}, which the reference has not (params-differ)
3 findings
`,
    })
  })
})

const bin = fileURLToPath(new URL('../node_modules/.bin/fastkit-i18n', import.meta.url))

async function check(files: readonly (readonly [language: string, name: string, texts: unknown])[]) {
  const folder = await mkdtemp(join(tmpdir(), 'fastkit-texts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [language, name, texts] of files) {
    await mkdir(join(folder, language), { recursive: true })
    await writeFile(join(folder, language, `${name}.json`), JSON.stringify(texts))
  }
  return new Promise((resolve) => {
    execFile(bin, ['check', folder], (error, stdout) =>
      resolve({ exitCode: error ? error.code : 0, stdout: stdout.replaceAll(`${folder}/`, '') }),
    )
  })
}
