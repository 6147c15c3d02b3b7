import { type Choice, choiceOf, pluralCategories } from '../choice.ts'
import { createFormats } from '../formats.ts'
import { strayBraces } from '../placeholder.ts'
import type { Rule } from './finding.ts'
import { paramsOf, placeholdersOf, textsOf } from './messages.ts'

export interface Problem {
  readonly rule: Rule
  readonly message: string
}

/** Counts that occur; a category for millions or for fractions alone may be left to `other`. */
const counts = Array.from({ length: 201 }, (_, count) => count)

/** Looks at one message alone. */
export function checkMessage(node: unknown, locale: string): Problem[] {
  if (typeof node !== 'string' && choiceOf(node) === undefined) {
    return [{ rule: 'no-message', message: `is no text, but ${JSON.stringify(node)}` }]
  }
  const { writerOf } = createFormats({ timeZone: 'UTC' })
  const unknown = placeholdersOf(node).filter(
    (each) => each.format !== undefined && writerOf(each) === undefined,
  )
  return [
    ...unknown.map(
      ({ source }): Problem => ({ rule: 'bad-placeholder', message: `has ${source}, a format there is not` }),
    ),
    ...textsOf(node)
      .flatMap(strayBraces)
      .map(
        (braces): Problem => ({
          rule: 'bad-placeholder',
          message: `has ${braces}, which is no placeholder; a brace is written twice`,
        }),
      ),
    ...choicesIn(node).flatMap((choice) => checkPlural(choice, locale)),
  ]
}

/** Compares a message with that of the reference. */
export function compareMessages(node: unknown, reference: unknown): Problem[] {
  const [own, wanted] = [paramsOf(node), paramsOf(reference)]
  const lacks = [...wanted].filter((name) => !own.has(name)).map((name) => `lacks {${name}}`)
  const has = [...own]
    .filter((name) => !wanted.has(name))
    .map((name) => `has {${name}}, which the reference has not`)
  const differences = [...lacks, ...has].map((message): Problem => ({ rule: 'params-differ', message }))
  return [...differences, ...compareBranches(node, reference)]
}

function checkPlural({ kind, branches }: Choice, locale: string): Problem[] {
  if (kind === 'select') return []
  const rules = new Intl.PluralRules([locale, 'en'], { type: kind === 'plural' ? 'cardinal' : 'ordinal' })
  const known = new Set<string>(rules.resolvedOptions().pluralCategories)
  const needed = new Set<string>([
    'other',
    ...counts.filter((count) => !Object.hasOwn(branches, `=${count}`)).map((count) => rules.select(count)),
  ])
  const lacking = pluralCategories.filter((each) => needed.has(each) && !Object.hasOwn(branches, each))
  const needless = Object.keys(branches).filter((key) => pluralCategories.includes(key) && !known.has(key))
  return [
    ...lacking.map(
      (category): Problem => ({
        rule: 'plural-category',
        message: `lacks "${category}", which ${locale} uses`,
      }),
    ),
    ...needless.map(
      (category): Problem => ({
        rule: 'plural-category',
        message: `has "${category}", which ${locale} never uses`,
      }),
    ),
  ]
}

function compareBranches(node: unknown, reference: unknown): Problem[] {
  const wanted = choicesIn(reference).filter(({ kind }) => kind === 'select')
  return choicesIn(node).flatMap(({ kind, param, branches }) => {
    if (kind !== 'select' || Object.hasOwn(branches, 'other')) return []
    const names = wanted.filter((each) => each.param === param).flatMap((each) => Object.keys(each.branches))
    return [...new Set(names)]
      .filter((name) => !Object.hasOwn(branches, name))
      .map((name): Problem => ({ rule: 'select-branch', message: `lacks the branch "${name}" of ${param}` }))
  })
}

function choicesIn(node: unknown): Choice[] {
  const choice = choiceOf(node)
  return choice === undefined ? [] : [choice, ...Object.values(choice.branches).flatMap(choicesIn)]
}
