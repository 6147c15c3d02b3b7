import { isObject } from '../is-object.ts'
import { findJsonFaults } from '../json-faults.ts'
import type { CatalogFile } from '../load/catalog-files.ts'
import { lessSpecific, requireLocaleTag } from '../locale-tag.ts'
import { checkMessage, compareMessages } from './check-message.ts'
import type { Finding } from './finding.ts'
import { listMessages, type MessageEntry } from './messages.ts'

/** Compares every catalogue with the one of the reference, and looks at each alone. Sorted by file and key. */
export function checkCatalogs(files: readonly CatalogFile[], reference: string): Finding[] {
  const locales = [...new Set(files.map(({ locale }) => locale))]
  const catalogs = new Map(locales.map((locale) => [requireLocaleTag(locale), readCatalog(files, locale)]))
  const wanted = catalogs.get(requireLocaleTag(reference))
  const findings = [...catalogs].flatMap(([tag, catalog]) => [
    ...catalog.findings,
    ...[...catalog.messages.values()].flatMap((entry) =>
      checkMessage(entry.node, tag).map((problem) => findingOf(catalog.locale, entry, problem)),
    ),
    ...(wanted === undefined || wanted === catalog || wanted.broken
      ? []
      : compare(tag, catalog, wanted, catalogs)),
  ])
  return findings.sort(
    (a, b) => order(a) - order(b) || compareTexts(a.place, b.place) || compareTexts(a.key, b.key),
  )
}

interface Catalog {
  readonly locale: string
  readonly files: readonly CatalogFile[]
  readonly messages: ReadonlyMap<string, MessageEntry>
  /** Whether a file of it could not be read, so that nobody knows what it lacks. */
  readonly broken: boolean
  readonly findings: readonly Finding[]
}

function readCatalog(all: readonly CatalogFile[], locale: string): Catalog {
  const files = all.filter((file) => file.locale === locale)
  const findings = files.flatMap(faultsOf)
  const broken = findings.some(({ rule }) => rule === 'broken-json')
  const whole = files.filter(
    ({ path }) => !findings.some(({ rule, place }) => rule === 'broken-json' && place.startsWith(`${path}:`)),
  )
  const entries = whole.flatMap(({ path, domain, text }) => listMessages(JSON.parse(text), domain, path))
  return { locale, files, messages: new Map(entries.map((entry) => [entry.key, entry])), broken, findings }
}

function faultsOf({ path, locale, text }: CatalogFile): Finding[] {
  const faults = findJsonFaults(text).map(
    ({ line, column, problem, kind }): Finding => ({
      rule: kind === 'syntax' ? 'broken-json' : 'duplicate-key',
      place: `${path}:${line}:${column}`,
      locale,
      message: problem,
    }),
  )
  if (faults.some(({ rule }) => rule === 'broken-json') || isObject(JSON.parse(text))) return faults
  return [
    {
      rule: 'broken-json',
      place: `${path}:1:1`,
      locale,
      message: 'it must hold an object, { "key": "text" }',
    },
  ]
}

function compare(tag: string, own: Catalog, wanted: Catalog, all: ReadonlyMap<string, Catalog>): Finding[] {
  // A regional catalogue has what differs; the rest it has from its language.
  const wider = lessSpecific(tag).flatMap((each) => all.get(each) ?? [])
  const isThere = (key: string) => wider.some(({ messages, broken }) => broken || messages.has(key))
  const missing = [...wanted.messages.keys()].filter((key) => !isThere(key))
  return [
    ...missing.map((key) => {
      const entry = { key, node: undefined, place: placeFor(key, own) }
      return findingOf(own.locale, entry, { rule: 'missing-key', message: 'is missing' })
    }),
    ...[...own.messages.values()].flatMap((entry) => {
      const reference = wanted.messages.get(entry.key)
      const problems = reference
        ? compareMessages(entry.node, reference.node)
        : [{ rule: 'surplus-key', message: `is not in ${wanted.locale}` } as const]
      return problems.map((problem) => findingOf(own.locale, entry, problem))
    }),
  ]
}

/** The file a key belongs in: the one whose domain the key begins with. */
function placeFor(key: string, { files }: Catalog): string {
  const fitting = files.filter(({ domain }) => `${key}.`.startsWith([...domain, ''].join('.')))
  return fitting.toSorted((a, b) => b.domain.length - a.domain.length)[0]?.path ?? files[0]?.path ?? ''
}

function findingOf(
  locale: string,
  { key, place }: MessageEntry,
  problem: Pick<Finding, 'rule' | 'message'>,
): Finding {
  return { rule: problem.rule, place, locale, key, message: problem.message }
}

/** What is broken comes first: the rest may follow from it. */
function order({ rule }: Finding): number {
  return rule === 'broken-json' ? 0 : 1
}

function compareTexts(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
