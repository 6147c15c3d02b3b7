import type { Provider } from '../metadata/metadata.ts'
import type { Comparison, Condition, Related } from './condition.ts'
import { prismaComparison } from './prisma-comparison.ts'

export interface PrismaWhereOptions {
  /** The field that marks a row as deleted, by model, where an extension filters related rows by it. */
  readonly softDelete?: ReadonlyMap<string, string>
}

/**
 * Says a condition in Prisma's words, or returns `undefined` where Prisma would mean something else on this database:
 * then a key query says it. Prisma's own negations lose rows with NULL, so each is pushed down to the comparisons,
 * which name those rows.
 */
export function prismaWhere(
  condition: Condition,
  provider: Provider,
  { softDelete = new Map() }: PrismaWhereOptions = {},
): object | undefined {
  const said = say({ provider, softDelete }, condition, false)
  if (said === true) return {}
  return said === false ? undefined : said
}

interface Saying {
  readonly provider: Provider
  readonly softDelete: ReadonlyMap<string, string>
}

/** What is always true or false is said by no words: Prisma drops an empty OR inside of an AND. */
type Said = object | boolean | undefined

function say(saying: Saying, condition: Condition, negated: boolean): Said {
  switch (condition.kind) {
    case 'not':
      return say(saying, condition.of, !negated)
    case 'all':
    case 'any':
      return join(
        (condition.kind === 'all') === negated ? 'OR' : 'AND',
        condition.of.map((part) => say(saying, part, negated)),
      )
    case 'compare':
      return comparison(saying, condition, negated)
    case 'related':
      return condition.relation.toMany
        ? toMany(saying, condition, negated)
        : toOne(saying, condition, negated)
  }
}

function join(word: 'AND' | 'OR', parts: readonly Said[]): Said {
  const decisive = word === 'OR'
  if (parts.includes(undefined)) return undefined
  if (parts.includes(decisive)) return decisive
  const open = parts.filter((part) => typeof part === 'object')
  if (open.length === 0) return !decisive
  return open.length === 1 ? open[0] : { [word]: open }
}

function comparison({ provider }: Saying, compared: Comparison, negated: boolean): Said {
  const { field, lookup, value, translated } = compared
  if (lookup === 'is_null') {
    if (translated || field.type === 'Json') return undefined
    if (field.required) return value === negated
    return { [field.name]: value === negated ? { not: null } : null }
  }
  const said = prismaComparison(provider, compared)
  if (said === undefined) return undefined
  if (!negated) return { [field.name]: said }
  const differs = { NOT: { [field.name]: said } }
  return field.required ? differs : { OR: [differs, { [field.name]: null }] }
}

function toMany(saying: Saying, { field, quantifier, of }: Related, negated: boolean): Said {
  const inner = say(saying, of, quantifier === 'every')
  const none = (quantifier === 'some') === negated
  if (inner === undefined) return undefined
  if (inner === false) return none
  return { [field.name]: { [none ? 'none' : 'some']: inner === true ? {} : inner } }
}

function toOne(saying: Saying, { field, relation, quantifier, of }: Related, negated: boolean): Said {
  const exists = (quantifier === 'some') !== negated
  const inner = say(saying, of, (quantifier === 'every') === exists)
  if (inner === undefined) return undefined
  if (exists)
    return inner === false
      ? false
      : { [field.name]: inner === true ? present(field.required) : { is: inner } }
  // An extension shows no deleted row here, and Prisma has no words for "none that is not deleted".
  if (field.required) {
    if (saying.softDelete.has(relation.target)) return undefined
    return typeof inner === 'boolean' ? inner : { [field.name]: { is: inner } }
  }
  if (inner === true) return true
  return join('OR', [{ [field.name]: null }, inner === false ? false : { [field.name]: { is: inner } }])
}

/** Prisma does not take null for a relation that is required. */
function present(required: boolean): object {
  return required ? { is: {} } : { isNot: null }
}
