import { parseArgs } from 'node:util'
import { checkCatalogs } from '../check/check-catalogs.ts'
import type { Finding } from '../check/finding.ts'
import { type CatalogFile, readCatalogFiles } from '../load/catalog-files.ts'
import { loadCatalogs } from '../load/load-catalogs.ts'

/** How a command ended, and what it has to say. */
export interface Outcome {
  /** 0 nothing found, 1 findings, 2 wrong use. */
  readonly exitCode: 0 | 1 | 2
  readonly stdout: string
  readonly stderr: string
}

const usage = `usage: fastkit-i18n check <folder> [--locale en] [--json]
       fastkit-i18n types <folder> [--locale en]

check  compares every catalogue with that of one locale, and prints what differs or is broken
types  prints a TypeScript type of one locale's texts, Messages, from which parameters are known

  --locale <name>  the catalogue that the others are compared with, or that is typed (default: en)
  --json           prints the findings as JSON

Ends with 0 when nothing is found, 1 with findings, 2 when it is used wrongly or cannot read the folder.
`

/** Runs a command line. Never throws. */
export async function runCommand(args: readonly string[]): Promise<Outcome> {
  if (args.includes('--help') || args.includes('-h')) return { exitCode: 0, stdout: usage, stderr: '' }
  try {
    const { command, ...options } = readArguments(args)
    if (command === 'check') return await check(options)
    if (command === 'types') return await types(options)
    return wrongUse(command === undefined ? '' : `there is no command "${command}"`)
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error))
  }
}

interface Options {
  readonly folder: string
  readonly locale: string
  readonly json: boolean
}

function readArguments(args: readonly string[]): Options & { readonly command: string | undefined } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { locale: { type: 'string', default: 'en' }, json: { type: 'boolean', default: false } },
  })
  const [command, folder = '', ...more] = positionals
  if (command !== undefined && (folder === '' || more.length > 0)) throw new Error('give one folder')
  return { command, folder, ...values }
}

async function check({ folder, locale, json }: Options): Promise<Outcome> {
  const files = await readCatalogFiles(folder)
  requireLocale(locale, files, folder)
  const findings = checkCatalogs(files, locale)
  const stdout = json ? `${JSON.stringify(findings, null, 2)}\n` : textOf(findings)
  return { exitCode: findings.length > 0 ? 1 : 0, stdout, stderr: '' }
}

/** JSON is also how TypeScript writes the types of such values. */
async function types({ folder, locale }: Options): Promise<Outcome> {
  requireLocale(locale, await readCatalogFiles(folder), folder)
  const catalogs = await loadCatalogs(folder)
  const header = `// Written by: fastkit-i18n types ${folder} --locale ${locale}`
  const stdout = `${header}\nexport type Messages = ${JSON.stringify(catalogs[locale], null, 2)}\n`
  return { exitCode: 0, stdout, stderr: '' }
}

function requireLocale(locale: string, files: readonly CatalogFile[], folder: string): void {
  if (files.some((file) => file.locale === locale)) return
  const known = [...new Set(files.map((file) => file.locale))].join(', ') || 'none'
  throw new Error(`there is no catalogue "${locale}" in ${folder}; there are: ${known}`)
}

function textOf(findings: readonly Finding[]): string {
  const lines = findings.map(({ place, key, message, rule }) =>
    [place, ...(key === undefined ? [] : [key]), `${message} (${rule})`].join(': '),
  )
  const count = findings.length === 1 ? '1 finding' : `${findings.length || 'No'} findings`
  return `${[...lines, count].join('\n')}\n`
}

function wrongUse(problem: string): Outcome {
  return { exitCode: 2, stdout: '', stderr: problem === '' ? usage : `fastkit-i18n: ${problem}\n\n${usage}` }
}
